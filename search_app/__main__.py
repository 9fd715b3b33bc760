"""`python -m search_app` is the command line."""

from search_app.cli import main

main()
