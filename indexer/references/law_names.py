"""Names of laws. A name has no mark for its end, so the usual ones are listed."""

from __future__ import annotations

import re

_NAMES = """
An ninh mạng|An ninh quốc gia|An toàn thông tin mạng|An toàn thực phẩm|An toàn, vệ sinh lao động
Ban hành văn bản quy phạm pháp luật|Biên giới quốc gia|Biên phòng Việt Nam|Biển Việt Nam|Báo chí
Bình đẳng giới|Bảo hiểm tiền gửi|Bảo hiểm xã hội|Bảo hiểm y tế|Bảo vệ bí mật nhà nước
Bảo vệ môi trường|Bảo vệ quyền lợi người tiêu dùng|Bảo vệ và kiểm dịch thực vật
Bảo vệ và phát triển rừng|Bảo vệ, chăm sóc và giáo dục trẻ em
Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân|Chuyển giao công nghệ|Chăn nuôi|Chứng khoán
Các tổ chức tín dụng|Cán bộ, công chức|Công an nhân dân|Công an xã|Công chứng
Công nghiệp quốc phòng|Công nghệ cao|Công nghệ thông tin|Công đoàn|Căn cước|Căn cước công dân
Cơ yếu|Cư trú|Cạnh tranh|Cảnh sát biển Việt Nam|Cảnh sát cơ động|Cựu chiến binh|Di sản văn hóa
Doanh nghiệp|Du lịch|Dân chủ ở cơ sở|Dân quân tự vệ|Dân số|Dân sự|Dược|Dầu khí|Dữ liệu
Dự trữ quốc gia|Giao dịch điện tử|Giao thông đường bộ|Giao thông đường thủy nội địa|Giá
Giám định tư pháp|Giáo dục|Giáo dục nghề nghiệp|Giáo dục quốc phòng và an ninh|Giáo dục đại học
Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác
Hoạt động giám sát của Quốc hội và Hội đồng nhân dân|Hàng hải Việt Nam
Hàng không dân dụng Việt Nam|Hình sự|Hòa giải ở cơ sở|Hòa giải, đối thoại tại Tòa án|Hóa chất
Hôn nhân và gia đình|Hải quan|Hỗ trợ doanh nghiệp nhỏ và vừa|Hộ tịch|Hội Chữ thập đỏ|Hợp tác xã
Khiếu nại|Khiếu nại, tố cáo|Khoa học và công nghệ|Khoáng sản|Khám bệnh, chữa bệnh
Khí tượng thủy văn|Kinh doanh bảo hiểm|Kinh doanh bất động sản|Kiến trúc|Kiểm toán nhà nước
Kiểm toán độc lập|Kế toán|Lao động|Lâm nghiệp|Lý lịch tư pháp|Lưu trữ|Lực lượng dự bị động viên
Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở|Mặt trận Tổ quốc Việt Nam|Nghĩa vụ quân sự
Ngân hàng Nhà nước Việt Nam|Ngân sách nhà nước|Người cao tuổi|Người khuyết tật
Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng|Nhà ở|Nuôi con nuôi
Năng lượng nguyên tử|Phá sản|Phí và lệ phí|Phòng cháy và chữa cháy
Phòng cháy, chữa cháy và cứu nạn, cứu hộ|Phòng thủ dân sự|Phòng, chống bạo lực gia đình
Phòng, chống bệnh truyền nhiễm|Phòng, chống khủng bố|Phòng, chống ma túy
Phòng, chống mua bán người
Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người (HIV/AIDS)
Phòng, chống rửa tiền|Phòng, chống tham nhũng|Phòng, chống thiên tai
Phòng, chống tác hại của rượu, bia|Phòng, chống tác hại của thuốc lá|Phổ biến, giáo dục pháp luật
Quy hoạch|Quy hoạch đô thị|Quy hoạch đô thị và nông thôn|Quản lý ngoại thương|Quản lý nợ công
Quản lý thuế|Quản lý, sử dụng tài sản công|Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ
Quảng cáo|Quốc phòng|Quốc tịch Việt Nam|Sĩ quan Quân đội nhân dân Việt Nam|Sở hữu trí tuệ
Sử dụng năng lượng tiết kiệm và hiệu quả|Thanh niên|Thanh tra|Thi hành tạm giữ, tạm giam
Thi hành án dân sự|Thi hành án hình sự|Thi đua, khen thưởng|Thuế bảo vệ môi trường
Thuế giá trị gia tăng|Thuế sử dụng đất nông nghiệp|Thuế sử dụng đất phi nông nghiệp
Thuế thu nhập cá nhân|Thuế thu nhập doanh nghiệp|Thuế tiêu thụ đặc biệt|Thuế tài nguyên
Thuế xuất khẩu, thuế nhập khẩu|Thú y|Thư viện|Thương mại|Thể dục, thể thao|Thống kê|Thủ đô
Thủy lợi|Thủy sản|Thực hiện dân chủ ở cơ sở|Thực hiện dân chủ ở xã, phường, thị trấn
Thực hành tiết kiệm, chống lãng phí|Tiêu chuẩn và quy chuẩn kỹ thuật|Tiếp công dân
Tiếp cận thông tin|Trách nhiệm bồi thường của Nhà nước|Trưng cầu ý dân
Trưng mua, trưng dụng tài sản|Trật tự, an toàn giao thông đường bộ|Trẻ em|Trọng tài thương mại
Trồng trọt|Trợ giúp pháp lý|Tài nguyên nước|Tài nguyên, môi trường biển và hải đảo
Tín ngưỡng, tôn giáo|Tương trợ tư pháp|Tần số vô tuyến điện|Tố cáo|Tố tụng dân sự
Tố tụng hành chính|Tố tụng hình sự|Tổ chức Chính phủ|Tổ chức Hội đồng nhân dân và Ủy ban nhân dân
Tổ chức Quốc hội|Tổ chức Tòa án nhân dân|Tổ chức Viện kiểm sát nhân dân
Tổ chức chính quyền địa phương|Tổ chức cơ quan điều tra hình sự|Viên chức|Viễn thông|Việc làm
Vệ sinh an toàn thực phẩm|Xuất bản|Xuất cảnh, nhập cảnh|Xây dựng|Xử lý vi phạm hành chính
Đa dạng sinh học|Điện lực|Điện ảnh|Đo lường|Đo đạc và bản đồ|Đê điều|Đường bộ|Đường sắt|Đất đai
Đấu giá tài sản|Đấu thầu|Đầu tư|Đầu tư công|Đầu tư theo phương thức đối tác công tư|Đặc xá
Động viên công nghiệp|Ưu đãi người có công|Ưu đãi người có công với cách mạng
"""


def _spelling(name: str) -> str:
    """Return a pattern of a name: any case, i or y, either place of the tone, spaces at will."""
    pattern = re.escape(name).replace(r"\ ", r"[^\S\t]+").replace(",", ",?")
    for old, new in (("óa", "oá"), ("òa", "oà"), ("ủy", "uỷ"), ("úy", "uý"), ("lý", "lí")):
        pattern = pattern.replace(old, f"(?:{old}|{new})")
    return pattern


_LISTED = (name for line in _NAMES.strip().splitlines() for name in line.split("|"))
# The longest name that fits is the name.
LAW_NAMES = "(?:" + "|".join(map(_spelling, sorted(_LISTED, key=len, reverse=True))) + r")(?!\w)"
