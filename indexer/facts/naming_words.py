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
    "|thấp|qua các|cả|cả năm|năm|giữ|xảy ra|tổng cộng|>|<|≥|≤"
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
    r"(?:\s+(?:tỷ lệ|tỉ lệ|từ|khoảng|trên|dưới|gần|hơn|được|bình quân|trung bình|thêm|\w+ năm))*"
    r"\s*$",
    re.I,
)
SHARE_VERB = re.compile(
    r"\W*(?:chiếm|bằng|đạt)(?: (?:tỷ lệ|tỉ lệ|khoảng|trên|dưới|gần|hơn))*\s*", re.I
)
TAIL_CUT = re.compile(
    r"\s*\b(?:so với|so|chiếm|nhằm|góp phần|nên|do|để|tăng|giảm|bằng|với số|với tổng|"
    r"theo (?:giá|chuẩn|tiêu chí|kế hoạch)|(?<!chưa )(?<!không )đạt(?! (?:chuẩn|danh hiệu"
    r"|tiêu chí|tiêu chuẩn|giải|yêu cầu|loại|các|đô thị))|trong đó)\b.*$"
    r"|^\s*(?:/\S+|trở lên|trở xuống|\.đồng\S*)|[()].*$",
    re.I | re.S,
)
# How something was reached, told before a time: `Qua ba đợt vận động, đến nay …`.
WAY = re.compile(r"\W*(?:qua|thông qua|nhờ|sau|thực hiện|triển khai|với|trên cơ sở)\b", re.I)
# Who did it is no part of what was done.
ACTOR = re.compile(
    r"^\W*(?:ban|ủy ban|uỷ ban|ubnd|hđnd|hội đồng|đảng ủy|đảng uỷ|thị ủy|thị uỷ|huyện ủy|cấp ủy"
    r"|cấp uỷ|các cấp|các ngành|mặt trận|hội|đoàn|công an|lãnh đạo|thị xã|huyện|tỉnh|thành phố"
    r"|phường|xã|đảng bộ|chính quyền|toàn đảng bộ|các đoàn thể)\b[^,;:]{0,90}?"
    r"\s(?:đã|tổ chức thực hiện|thực hiện)\s",
    re.I,
)
