#include "protocols/dlt645/data_id.hpp"

#include "protocols/base/bytes.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::dlt645 {

std::string_view to_string(Edition edition) {
  return edition == Edition::y2007 ? "dlt645-2007" : "dlt645-1997";
}

base::Result<Edition> parse_edition(std::string_view text) {
  for (const Edition edition : {Edition::y2007, Edition::y1997}) {
    if (text == to_string(edition)) return edition;
  }
  return base::fail(Errc::out_of_range, "edition " + std::string(text.substr(0, 40)));
}

std::string DataId::text() const {
  base::Bytes bytes;
  for (std::size_t i = size(); i-- > 0;) bytes.push_back(static_cast<std::byte>((value >> (8 * i)) & 0xFF));
  return base::to_hex(bytes);
}

base::Result<DataId> DataId::parse(std::string_view text) {
  const auto bytes = base::from_hex(text);
  if (!bytes || bytes->size() * 2 != text.size() || (text.size() != 8 && text.size() != 4)) {
    return base::fail(Errc::unknown_identifier, std::string(text.substr(0, 40)));
  }
  DataId di{.value = 0, .edition = text.size() == 8 ? Edition::y2007 : Edition::y1997};
  for (const std::byte b : *bytes) di.value = di.value << 8 | base::to_u8(b);
  return di;
}

}  // namespace anju::dlt645
