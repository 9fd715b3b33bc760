"""What to do with a file of a kind that no reader reads: the way out for the kind at hand."""

from __future__ import annotations

_UNPACK = "Hãy giải nén tệp này trước, rồi lập chỉ mục thư mục đã giải nén."
_SHEET = "Hãy mở bằng Excel hoặc LibreOffice, lưu thành .xlsx rồi lập chỉ mục lại."
_TEXT = "Hãy mở bằng chương trình đã tạo ra tệp, lưu thành .docx hoặc .pdf rồi lập chỉ mục lại."
_SLIDES = "Hãy mở bằng PowerPoint hoặc LibreOffice, lưu thành .pdf rồi lập chỉ mục lại."
_PRINTED = "Hãy in hoặc lưu tệp thành .pdf rồi lập chỉ mục lại."
_PICTURE = "Hãy lưu ảnh thành .jpg hoặc .png rồi lập chỉ mục lại."
_MAIL = "Hãy lưu thư thành .txt hoặc .pdf, và lưu các tệp đính kèm ra thư mục, rồi lập chỉ mục lại."
_SOUND = "Đây là tệp âm thanh hay phim; hãy lập chỉ mục bản gỡ băng ở dạng .docx hoặc .txt."
_NO_REPORT = "Đây không phải loại tệp báo cáo, có thể bỏ khỏi thư mục."
_OTHERWISE = "Hãy lưu tệp thành .docx, .xlsx, .pdf hoặc .txt rồi lập chỉ mục lại."

_WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_UNPACK, (".rar", ".7z", ".xz", ".gz", ".bz2", ".zst", ".arj", ".cab", ".lzh", ".iso")),
    (_SHEET, (".ods", ".ots", ".fods", ".xlsb", ".numbers", ".et", ".wk1", ".dbf", ".sxc")),
    (_TEXT, (".pages", ".wps", ".wpd", ".wri", ".pub", ".epub", ".mobi", ".sxw", ".tex")),
    (_SLIDES, (".ppt", ".pptx", ".pps", ".ppsx", ".odp", ".key", ".dps")),
    (_PRINTED, (".djvu", ".xps", ".oxps", ".ps", ".eps", ".vsd", ".vsdx", ".dwg", ".odg")),
    (_PICTURE, (".heic", ".heif", ".avif", ".svg", ".psd", ".raw", ".jxl", ".jp2")),
    (_MAIL, (".eml", ".msg", ".pst", ".mbox")),
    (_SOUND, (".mp3", ".wav", ".m4a", ".wma", ".mp4", ".avi", ".mov", ".mkv", ".3gp")),
    (_NO_REPORT, (".exe", ".dll", ".lnk", ".url", ".tmp", ".bak", ".log", ".ini", ".db")),
)
_BY_ENDING = {ending: way for way, endings in _WAYS for ending in endings}


def way_out(suffix: str) -> str:
    """Return in Vietnamese what to do with a file that ends like this.

    >>> way_out(".ODS")
    'Hãy mở bằng Excel hoặc LibreOffice, lưu thành .xlsx rồi lập chỉ mục lại.'
    """
    return _BY_ENDING.get(suffix.lower(), _OTHERWISE)
