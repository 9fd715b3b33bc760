"""Words that may stand behind a number but are not what it counts: verbs, function words."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """Return the words of a list that is written with `|` between them.

    >>> sorted(listed('và|xã hội|của'))
    ['của', 'và', 'xã hội']
    """
    return frozenset(word.strip() for word in words.split("|"))


# Whatever begins with one of these is no noun, also in longer words (`trong đó`, `so với`).
FUNCTION_WORDS = listed(
    """của|và|so|được|có|đạt|trong|cho|là|từ|đến|tới|với|về|ở|tại|do|vì|nên|mà|thì|nhằm|theo|như
    |hoặc|hay|cùng|đã|đang|sẽ|vẫn|còn|cũng|đều|rất|quá|lại|ra|vào|lên|xuống|trên|dưới|ngoài|giữa
    |sau|trước|khi|nếu|tuy|nhưng|song|rồi|không|chưa|chẳng|bị|phải|cần|qua|bằng|giảm|tăng|chiếm
    |gồm|thuộc|vượt|trở|đó|này|kia|ấy|nào|đây|vừa|hơn|gần|khoảng|trừ|mỗi|từng|mọi|các|những|hàng
    |hằng|khác|cả|toàn|tất|bao|ước|đảm|nhờ|nhất|đủ|hết|hiện"""
)

# Alone no noun, but the first syllable of some (`trung tâm`, `dự án`, `đối tượng`).
NOT_NOUNS = listed(
    """để|bởi|hay|sắp|nằm|nhận|nâng|đưa|mở|xây|dựng|làm|lập|thu|nộp|bán|mua|trao|tặng|xong|mới|cũ
    |đầu|cuối|cộng|nay|một|hai|ba|bốn|sáu|bảy|tám|chín|mười|tốt|sạch|giỏi|khá|kém|mạnh|cao|thấp
    |lớn|nhỏ|nhiều|ít|dài|rộng|sâu|nghèo|giàu|đẹp|xấu|bền|nhì|nam|nữ|già|đi|đứng|chạy|gây|tạo
    |giúp|thực|triển|hoàn|tiếp|tham|phát|tổng|riêng|chung|tính|bảo|thông|trực|gắn|kết|kể|nói|dự
    |thứ|cách|chia|trung|bình|đủ|phân|giao|xóa|giữ|sử|vận|hỗ|phục|ký|chọn|bầu|dùng|trồng|nuôi
    |đối|liên|sửa|chữa|duy|thay|chỉ|nhưng|đóng|góp|chống|khai|học|tập|số"""
)

# Words of two or three syllables whose first one could begin a noun.
VERBS = listed(
    """đồng thời|đồng bộ|đồng đều|đề nghị|đề xuất|đề ra|đề cử|đề bạt|chi trả|chi tiêu|giải quyết
    |giải thể|giải ngân|giải tỏa|thu hút|thu hồi|thu gom|thu hẹp|năm qua|sáp nhập|hợp nhất
    |kết nạp|điều tra|khởi tố|truy tố|xét xử|xử lý|xử phạt|tiếp nhận|công nhận|đào tạo
    |bồi dưỡng|kiểm tra|giám sát|nghiệm thu|khánh thành|khởi công|đầu tư|nâng cấp|nâng cao
    |mở rộng|cải tạo|duy trì|chuyển đổi|chuyển sang|chuyển giao|tập trung|liên kết|bình quân
    |trung bình|cơ bản|cụ thể|đặc biệt|bao gồm|tương đương|tương ứng|lần lượt|dự kiến
    |tốt nghiệp|chủ yếu|ước tính|tại chỗ|bước đầu|tiên tiến|xuất sắc|vững mạnh|phấn đấu
    |triển khai|hưởng ứng|sản xuất|khai thác|phát triển|phát huy|ổn định|mắc bệnh|tử vong
    |bị thương|thoát nghèo|vi phạm|thi hành|quản lý|sử dụng|hoạt động|vận động|tuyên truyền
    |phối hợp|góp phần|xây dựng|tiếp tục|tham gia|thực hiện|hoàn thành|tạo điều kiện
    |tăng cường|đảm bảo|bảo đảm|bảo vệ|phục vụ|hỗ trợ|thành lập|ban hành|tiếp thu|chấp hành
    |lãnh đạo thực hiện|liên quan|đạt chuẩn|trực thuộc|trực tiếp|cách đây|thông qua|thứ nhất
    |thứ hai|thứ ba|thứ tư|riêng biệt|chung quanh|tính từ|tính đến|kể từ|kể cả|kết thúc
    |nhiều lần|nhiều hơn|ít nhất|cao nhất|cao hơn|thấp nhất|thấp hơn|dài hạn|ngắn hạn|độc lập"""
)
