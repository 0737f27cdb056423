#include "protocols/cjt188/data_id.hpp"

#include <algorithm>
#include <array>

namespace anju::cjt188 {
namespace {

struct Range {
  std::uint16_t first;
  std::uint16_t last;
};

// Identifiers that exist (meters.md 2.2; 8106 and the writes A010..A015 also in cnblogs.com/flyingcloude/p/8136593). What they hold is of
// no matter here: the table only tells one byte order from the other.
constexpr std::array kKnown{Range{0x901F, 0x901F}, Range{0x911F, 0x911F}, Range{0x907F, 0x907F}, Range{0x8102, 0x8106},
                            Range{0x810A, 0x810A}, Range{0xA010, 0xA019}, Range{0xD120, 0xD12B}, Range{0xD200, 0xD4FF}};

bool is_known(const DataId& di) {
  return std::ranges::any_of(kKnown, [&](const Range& range) { return range.first <= di.value && di.value <= range.last; });
}

}  // namespace

base::Result<DataId> DataId::parse(std::string_view text) {
  const auto bytes = base::from_hex(text);
  if (text.size() != 4 || !bytes || bytes->size() != 2) return base::fail(Errc::unknown_identifier, std::string(text.substr(0, 40)));
  return read_di(*bytes, DiOrder::high_byte_first);
}

std::string DataId::text() const {
  base::Bytes bytes;
  put(bytes, *this, DiOrder::high_byte_first);
  return base::to_hex(bytes);
}

std::string_view to_string(DiOrder order) {
  switch (order) {
    case DiOrder::high_byte_first: return "high_byte_first";
    case DiOrder::low_byte_first: return "low_byte_first";
  }
  return "unknown";
}

void put(base::Bytes& out, const DataId& di, DiOrder order) {
  const auto high = static_cast<std::byte>(di.value >> 8);
  const auto low = static_cast<std::byte>(di.value & 0xFF);
  const bool high_first = order == DiOrder::high_byte_first;
  out.push_back(high_first ? high : low);
  out.push_back(high_first ? low : high);
}

DataId read_di(base::ByteView bytes, DiOrder order) {
  const bool high_first = order == DiOrder::high_byte_first;
  const unsigned high = base::to_u8(bytes[high_first ? 0 : 1]);
  const unsigned low = base::to_u8(bytes[high_first ? 1 : 0]);
  return {static_cast<std::uint16_t>(high << 8 | low)};
}

std::optional<DiOrder> order_of(base::ByteView data) {
  if (data.size() < 2) return std::nullopt;
  const bool high_first = is_known(read_di(data, DiOrder::high_byte_first));
  const bool low_first = is_known(read_di(data, DiOrder::low_byte_first));
  if (high_first == low_first) return std::nullopt;
  return high_first ? DiOrder::high_byte_first : DiOrder::low_byte_first;
}

}  // namespace anju::cjt188
