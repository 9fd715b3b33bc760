from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from werkzeug.datastructures import MultiDict

from search_app.open_facets import open_facets
from search_app.page_facets import Choice, facet_views, orders
from search_app.page_links import Address
from search_app.query import Request
from search_app.search import Library

VAM_SAY, KHE_VOI = "thị xã Vàm Sậy", "thị xã Khe Vối"


def chosen_from(library: Library, text: str, **values) -> dict[str, Choice]:
    """Return the choices of all facets by their key."""
    address = Address("/search", MultiDict({"q": text, **values}))
    request = Request(
        text,
        places=tuple(address.of("place")),
        kinds=tuple(address.of("kind")),
        skip=tuple(address.of("skip")),
    )
    result = library.search(request)
    views = facet_views(address, result, open_facets(library, result), appendix=3)
    return {c.key: c for view in views for c in (*view.choices, *view.more)}


def query_of(choice: Choice) -> dict[str, list[str]]:
    return parse_qs(urlsplit(choice.url).query)


def test_a_part_of_a_name_chooses_the_place_and_is_taken_back(sample_library):
    found = chosen_from(sample_library, "hộ nghèo", place="vàm")
    assert found[f"place:{VAM_SAY}"].chosen and not found[f"place:{KHE_VOI}"].chosen
    assert query_of(found[f"place:{VAM_SAY}"]) == {"q": ["hộ nghèo"]}
    assert query_of(found[f"place:{KHE_VOI}"])["place"] == ["vàm", KHE_VOI]


def test_a_kind_may_be_named_in_vietnamese(sample_library):
    found = chosen_from(sample_library, "hộ nghèo", kind="chú thích")
    assert found["kind:footnote"].chosen
    assert query_of(found["kind:footnote"]) == {"q": ["hộ nghèo"]}


def test_another_place_is_added_to_the_one_that_the_words_name(sample_library):
    text = "hộ nghèo ở Vàm Sậy"
    found = chosen_from(sample_library, text)
    assert found[f"place:{VAM_SAY}"].chosen
    assert query_of(found[f"place:{VAM_SAY}"])["skip"] == [f"place:{VAM_SAY}"]
    assert query_of(found[f"place:{KHE_VOI}"])["place"] == [VAM_SAY, KHE_VOI]


def test_an_appendix_is_asked_for_by_its_heading(sample_library):
    found = chosen_from(sample_library, "hộ nghèo")["appendix"]
    assert (found.text, found.count, found.chosen) == ("Phụ lục", 3, False)
    assert query_of(found)["in"] == ["phụ lục"]


def test_an_order_replaces_the_other(sample_library):
    address = Address("/search", MultiDict({"q": "hộ nghèo", "sort": "time"}))
    found = orders(address, sample_library.search(Request("hộ nghèo", sort="time")))
    assert [order.chosen for order in found] == [False, True, False]
    assert [parse_qs(urlsplit(order.url).query).get("sort") for order in found] == [
        None,
        ["time"],
        ["place"],
    ]


def test_a_part_is_shown_once_and_filters_by_its_words(sample_library):
    found = chosen_from(sample_library, "hộ nghèo")
    parts = {key: one for key, one in found.items() if key.startswith("section:")}
    names = [one.text for one in parts.values()]
    assert "Kết quả" in names and len(names) == len(set(names))
    assert not any(name.isupper() for name in names)
    assert query_of(parts["section:hạn chế"])["in"] == ["hạn chế"]
