#include "protocols/dlt645/frame.hpp"

#include <algorithm>

#include "protocols/dlt645/candidate.hpp"

namespace anju::dlt645 {
namespace {

constexpr std::uint8_t kAnyPair = 0xAA;

bool is_decimal(std::uint8_t pair) {
  return (pair >> 4) <= 9 && (pair & 0x0F) <= 9;
}

std::string hex(std::uint8_t value) {
  const std::byte byte{value};
  return base::to_hex({&byte, 1});
}

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

base::Result<Address> Address::parse(std::string_view text) {
  const auto refuse = [&] { return base::fail(Errc::bad_address, std::string(text.substr(0, 40))); };
  const auto bytes = base::from_hex(text);
  if (text.size() != 12 || !bytes || bytes->size() != 6) return refuse();
  Address address;
  bool digits_begun = false;  // AA is allowed only in front of every digit
  for (std::size_t i = 0; i < 6; ++i) {
    const std::uint8_t pair = base::to_u8((*bytes)[i]);
    if (is_decimal(pair)) {
      digits_begun = true;
    } else if (pair != kAnyPair || digits_begun) {
      return refuse();
    }
    address.wire[5 - i] = pair;
  }
  return address;
}

std::string Address::text() const {
  std::string text;
  for (std::size_t i = wire.size(); i-- > 0;) text += hex(wire[i]);
  return text;
}

bool Address::is_exact() const {
  return std::all_of(wire.begin(), wire.end(), is_decimal);
}

bool Address::is_broadcast() const {
  return *this == kBroadcast;
}

bool Address::matches(const Address& exact) const {
  if (is_broadcast()) return false;
  for (std::size_t i = 0; i < wire.size(); ++i) {
    if (wire[i] != kAnyPair && wire[i] != exact.wire[i]) return false;
  }
  return true;
}

base::Result<base::Bytes> encode(const Frame& frame, std::size_t preamble) {
  if (frame.data.size() > kMaxData) return base::fail(Errc::bad_length, "data above 200 bytes");
  if (preamble > kMaxPreamble) return base::fail(Errc::bad_length, "preamble above 4");
  base::Bytes bytes{std::byte{0x68}};
  bytes.reserve(10 + frame.data.size());
  for (const std::uint8_t pair : frame.address.wire) bytes.push_back(std::byte{pair});
  bytes.push_back(std::byte{0x68});
  bytes.push_back(std::byte{frame.control});
  bytes.push_back(static_cast<std::byte>(frame.data.size()));
  for (const std::byte b : frame.data) bytes.push_back(static_cast<std::byte>((base::to_u8(b) + 0x33) & 0xFF));
  return base::seal_frame(bytes, preamble);
}

base::Result<Found> find_frame(base::ByteView bytes) {
  return find(bytes, false);
}

base::Result<Found> find_frame_at_end(base::ByteView bytes) {
  return find(bytes, true);
}

}  // namespace anju::dlt645
