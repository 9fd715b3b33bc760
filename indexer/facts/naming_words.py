"""Words that open or end a statement and are no part of the name of what it measures."""

from __future__ import annotations

import re

from indexer.facts.word_lists import any_of

_LEVELS = "thị xã|thị trấn|thành phố|huyện|quận|tỉnh|xã|phường|đảng bộ|địa phương|ngành"
_OPENINGS = (
    "trong đó|nổi bật|nổi bật là|đặc biệt|tiêu biểu|tiêu biểu là|điển hình|điển hình là|kết quả"
    "|đến nay|cho đến nay|hiện nay|hiện tại|hiện|đến thời điểm|thời điểm|ngoài ra|riêng|tuy nhiên"
    "|bên cạnh đó|đồng thời|theo đó|bao gồm|gồm|qua đó|từ đó|cùng với|với|và|mà|nhưng|song"
    "|trong nhiệm kỳ|trong nhiệm kỳ qua|nhiệm kỳ qua|thời gian qua|hàng năm|hằng năm|mỗi năm"
    "|bình quân|bình quân mỗi năm|bình quân hàng năm|bình quân hằng năm|trung bình|phấn đấu"
    "|ước tính|ước|duy trì tốt|duy trì|giữ vững|đảm bảo|bảo đảm|qua|nay|còn lại|còn|đã|được|đều"
    "|có|xảy ra|đạt|chiếm|là|tức|tương đương|tương ứng|từ|đến|lên|xuống|bằng|tăng|giảm|gấp|vượt"
    "|so với cùng kỳ|so cùng kỳ|cùng kỳ|so với năm trước|so với nhiệm kỳ trước"
    "|khoảng|trên|dưới|gần|hơn|so với|của|cho|tại|ở|nhất là|như|góp phần|chủ yếu là|chủ yếu"
    "|số còn lại|tính|năm|toàn thể|toàn|toàn địa bàn|trên địa bàn|trên cơ sở|thu hút"
)
_ENDS = (
    "ước tính|ước|đạt được|đạt|còn lại|còn|là|chiếm|bằng|tăng thêm|tăng|giảm|gấp|lên|xuống|vượt"
    "|thêm|nâng|từ|đến|tới|khoảng|trên|dưới|gần|hơn|ít nhất|không quá|tối thiểu|tối đa|đã|đều"
    "|luôn|bao gồm|gồm|cũng|thì|ở mức|mức|với|được|có|hiện|thực hiện|đạt tỷ lệ|đạt tỉ lệ"
    "|chiếm tỷ lệ|chiếm tỉ lệ|hàng năm|hằng năm|mỗi năm|trong năm|bình quân|trung bình|nay"
    "|đến nay|so với|tương đương|tương ứng|kéo|hợp lý|tức|mỗi|đang|thu được|phải|sẽ|không|cao"
    "|được kiềm chế|được kéo giảm|được duy trì|được kiểm soát|được nâng lên|thấp|qua các|cả"
    "|cả năm|năm|giữ|xảy ra|tổng cộng|>|<|≥|≤"
)


_ANY_LEVEL = any_of(_LEVELS)
OPENING = re.compile(
    rf"(?:(?:toàn(?: địa bàn)?|trên địa bàn) {_ANY_LEVEL}|{any_of(_OPENINGS)}|cụ thể(?! h[oó])"
    rf"|(?:trong|vào)(?=\s*,)"
    rf"|{_ANY_LEVEL}(?= (?:đã|có|hiện|còn))|nâng(?= (?:tổng|tỷ lệ|tỉ lệ|số|mức|diện tích)))"
    r"(?=[\s:,]|$)",
    re.I,
)
# Words that a name does not lose at its front although they open other clauses, too.
KEPT = re.compile(
    r"(?:có (?:bằng|trình độ|việc làm|văn bằng|chứng chỉ|hệ thống)|giảm nghèo|trên cơ sở vật chất)",
    re.I,
)
VERB_END = re.compile(rf"(?:^|(?<=[\s,:]))(?:{any_of(_ENDS)}|(?<!chứng )chỉ)$", re.I)
JOINT_END = re.compile(r"(?:^|(?<=\s))(?:cho|của|và|tại|ở|trong|vào|đối với|do|để|theo|so)$", re.I)
TAIL_END = re.compile(r"(?:^|(?<=\s))(?:vào|trong|đến|cho|từ|của|và)$", re.I)
AND_END = re.compile(r"(?:^|\s)(?:và|hoặc)$", re.I)
VALUE_VERB = re.compile(
    r"(?:\b(?:đạt|là|còn|chiếm|ước|bằng|lên|xuống|tăng|giảm|gấp|được|vượt|từ|đến|ở mức|gồm)\b|:)"
    r"(?:\s+(?:tỷ lệ|tỉ lệ|từ|khoảng|trên|dưới|gần|hơn|[<>≥≤]|được|bình quân|trung bình|thêm"
    r"|\w+ năm))*"
    r"\s*$",
    re.I,
)
SHARE_VERB = re.compile(
    r"\W*(?:chiếm|bằng|đạt)(?: (?:tỷ lệ|tỉ lệ|khoảng|trên|dưới|gần|hơn))*\s*", re.I
)
TAIL_CUT = re.compile(
    r"\s*\b(?:so với|so|chiếm|nhằm|góp phần|nên|do|để|tăng|giảm|bằng|với số|với tổng|"
    r"theo (?:giá|chuẩn|tiêu chí|kế hoạch)|(?<!chưa )(?<!không )đạt(?! (?:chuẩn|danh hiệu"
    r"|tiêu chí|tiêu chuẩn|giải|yêu cầu|loại|các|đô thị))|trong đó|sau khi|trước khi"
    r"|khi được|(?:đã|và) (?:tạo|mang lại|góp phần)|về việc"
    r"|việc (?=quán triệt|thực hiện|chấp hành|triển khai|học tập|lãnh đạo)"
    r"|là (?=(?-i:[A-ZĐ])))\b.*$"
    r"|^\s*(?:/\S+|trở lên|trở xuống|\.đồng\S*)|[()].*$",
    re.I | re.S,
)
# What is left after a fall: `tỷ lệ giảm … còn 2%`.
FALLS_TO = re.compile(
    r"\b(?:xuống còn|giảm còn|còn|xuống)(?: lại)?(?:\s+(?:dưới|trên|khoảng|gần|hơn))*\s*$", re.I
)
FALL_RATE = re.compile(r"^(?P<rate>(?:tỷ lệ|tỉ lệ)) giảm (?:(?:tỷ|tỉ) lệ )?", re.I)
SIZE_OF = re.compile(
    r"(?P<thing>.+) có (?P<size>quy mô|qui mô|diện tích|công suất|chiều dài|tổng vốn)", re.I
)
# A name that ends so has lost what it led on to.
TIDY_END = re.compile(
    r"\s(?:là|gồm|bao gồm|như|được|đã|đang|sẽ|và|hoặc|của|cho|với|trong|vào|tại|các|những|một số"
    r"|(?<!không )(?<!chưa )đạt|chiếm|còn|nhằm|để|do|bị)$",
    re.I,
)
# How something was reached, told before a time: `Qua ba đợt vận động, đến nay …`.
WAY = re.compile(r"\W*(?:qua|thông qua|nhờ|sau|thực hiện|triển khai|với|trên cơ sở)\b", re.I)
# Who did it is no part of what was done.
_ACTORS = (
    "ban|ủy ban|uỷ ban|ubnd|hđnd|hội đồng|đảng ủy|đảng uỷ|thị ủy|thị uỷ|huyện ủy|cấp ủy"
    "|cấp uỷ|các cấp|các ngành|mặt trận|hội|đoàn|công an|lãnh đạo|thị xã|huyện|tỉnh|thành phố"
    "|phường|xã|đảng bộ|chính quyền|toàn đảng bộ|các đoàn thể"
)
ACTOR = re.compile(
    rf"^\W*(?:{any_of(_ACTORS)}\b[^,;:]{{0,60}},\s*)*{any_of(_ACTORS)}\b[^,;:]{{0,90}}?"
    r"\s(?:(?:đã|tổ chức thực hiện|thực hiện)\s|(?=(?:đã )?(?:ban hành|phê duyệt|xác định)\s))",
    re.I,
)
# Which of several things a list of bare numbers ends with: "xây mới 3, sửa chữa 12 căn".
LISTED_BEFORE = re.compile(r"^(?:[^,]*\s\d+,\s+)+(?=[^\W\d_])")
TWICE = re.compile(r"\b(các|những|của|và|cho) \1\b", re.I)
TOPIC_START = re.compile(r"^về (?!đích)", re.I)
# After what was done there is so much: the doing is no part of the name.
THERE_IS = re.compile(r"^\W*(?:(?:sau|thực hiện|triển khai)\b.*\bcòn|sau\b.*\bcó)\s*$", re.I | re.S)
