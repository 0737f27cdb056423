#include "protocols/cjt188/frame.hpp"

#include <algorithm>
#include <span>

#include "protocols/cjt188/candidate.hpp"

namespace anju::cjt188 {
namespace {

constexpr std::size_t kTypeAt = 1, kAddressAt = 2, kControlAt = 9;

base::Result<Found> find(base::ByteView bytes, bool at_end) {
  const auto place = base::find_place<Errc>(bytes, kLayout, at_end);
  if (!place) return base::pass(place);
  const std::size_t preamble = base::preamble_before(bytes, place->at);
  return Found{.frame = fields_of(bytes.subspan(place->at), place->candidate),
               .preamble = preamble,
               .skipped = place->at - preamble,
               .consumed = place->at + place->candidate.size};
}

}  // namespace

Frame fields_of(base::ByteView bytes, const base::Candidate& candidate) {
  Frame frame{.meter_type = base::to_u8(bytes[kTypeAt]), .address = {}, .control = base::to_u8(bytes[kControlAt]), .data = {}};
  std::ranges::transform(bytes.subspan(kAddressAt, frame.address.wire.size()), frame.address.wire.begin(), base::to_u8);
  const base::ByteView data = bytes.subspan(kLayout.length_at + 1, candidate.data);
  frame.data.assign(data.begin(), data.end());
  return frame;
}

base::Result<Address> Address::parse(std::string_view text) {
  const auto bytes = base::from_hex(text);
  if (text.size() != 14 || !bytes || bytes->size() != 7) return base::fail(Errc::bad_address, std::string(text.substr(0, 40)));
  Address address;
  std::ranges::transform(*bytes, address.wire.rbegin(), base::to_u8);
  return address;
}

std::string Address::text() const {
  const Address reading_order = reversed();
  return base::to_hex(std::as_bytes(std::span(reading_order.wire)));
}

Address Address::reversed() const {
  Address other;
  std::ranges::reverse_copy(wire, other.wire.begin());
  return other;
}

bool Address::is_wildcard() const {
  return *this == kWildcard;
}

base::Result<base::Bytes> encode(const Frame& frame, std::size_t preamble) {
  if (frame.data.size() > kMaxData) return base::fail(Errc::bad_length, "data above 100 bytes");
  if (preamble > kMaxPreamble) return base::fail(Errc::bad_length, "preamble above 4");
  base::Bytes bytes{std::byte{0x68}, std::byte{frame.meter_type}};
  bytes.reserve(11 + frame.data.size());
  for (const std::uint8_t pair : frame.address.wire) bytes.push_back(std::byte{pair});
  bytes.push_back(std::byte{frame.control});
  bytes.push_back(static_cast<std::byte>(frame.data.size()));
  bytes.insert(bytes.end(), frame.data.begin(), frame.data.end());
  return base::seal_frame(bytes, preamble);
}

base::Result<Found> find_frame(base::ByteView bytes) {
  return find(bytes, false);
}

base::Result<Found> find_frame_at_end(base::ByteView bytes) {
  return find(bytes, true);
}

}  // namespace anju::cjt188
