import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * A real OpenSearch node made of the jars on the class path. Each argument is one setting, {@code
 * name=value}; {@code path.home} must be among them. The node ends on SIGTERM, and also when its
 * standard input ends, so that it never outlives the program that started it.
 */
final class SearchNode extends Node {
    private static final List<Class<? extends Plugin>> PLUGINS =
            List.of(
                    Netty4Plugin.class,
                    CommonAnalysisPlugin.class,
                    MapperExtrasPlugin.class,
                    ReindexPlugin.class,
                    PainlessPlugin.class);

    private SearchNode(Environment environment) {
        super(environment, PLUGINS, true);
    }

    /** Does nothing: the inherited one fills fields of the log layout that only OpenSearch uses. */
    @Override
    protected void configureNodeAndClusterIdStateListener(ClusterService clusterService) {}

    public static void main(String[] arguments) throws Exception {
        SearchNode node = new SearchNode(environment(arguments));
        Runtime.getRuntime().addShutdownHook(new Thread(node::end));
        node.start();
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static Environment environment(String[] arguments) {
        Settings.Builder settings = Settings.builder();
        for (String argument : arguments) {
            String[] setting = argument.split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        Path config = Path.of(settings.get("path.home"), "config");
        return InternalSettingsPreparer.prepareEnvironment(
                settings.build(), Map.of(), config, () -> settings.get("node.name"));
    }

    private void end() {
        try {
            close();
            awaitClose(10, TimeUnit.SECONDS);
        } catch (Exception failure) {
            failure.printStackTrace();
        }
    }
}
