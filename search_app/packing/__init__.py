"""Reference packs as files: Word, spreadsheets, Markdown, lists of sources."""
