"""All that a person or a program touches: search, citations, command line, API and pages."""
