#include "protocols/dlt645/frame.hpp"

#include <algorithm>
#include <optional>

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

base::Error reason_of(const Candidate& candidate) {
  switch (candidate.shape) {
    case Shape::too_long: return {Errc::bad_length, "L " + std::to_string(candidate.size - 12) + " is above 200"};
    case Shape::end_byte: return {Errc::end_byte, "expected 16, found " + hex(candidate.end_found)};
    case Shape::checksum:
      return {Errc::checksum, "expected " + hex(candidate.checksum_right) + ", found " + hex(candidate.checksum_found)};
    case Shape::none:
    case Shape::unfinished:
    case Shape::good: break;
  }
  return {Errc::no_frame};
}

struct Search {
  std::optional<Found> found;
  std::optional<base::Error> suspect;  // why the first candidate that looked whole is none
  bool unfinished = false;             // something here may still become a frame
};

Search search(base::ByteView bytes) {
  Search result;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const base::ByteView rest = bytes.subspan(at);
    const Candidate candidate = judge(rest);
    switch (candidate.shape) {
      case Shape::none: break;
      case Shape::unfinished: result.unfinished = true; break;
      case Shape::too_long:
      case Shape::checksum:
      case Shape::end_byte:
        if (!result.suspect) result.suspect = reason_of(candidate);
        break;
      case Shape::good: {
        const std::size_t preamble = preamble_before(bytes, at);
        result.found = Found{.frame = fields_of(rest, candidate),
                             .preamble = preamble,
                             .skipped = at - preamble,
                             .consumed = at + candidate.size};
        return result;
      }
    }
  }
  // FE at the end may be the beginning of a preamble, and nothing at all may be the beginning of anything.
  if (bytes.empty() || bytes.back() == std::byte{0xFE}) result.unfinished = true;
  return result;
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
  base::Bytes bytes(preamble, std::byte{0xFE});
  bytes.reserve(preamble + 12 + frame.data.size());
  bytes.push_back(std::byte{0x68});
  for (const std::uint8_t pair : frame.address.wire) bytes.push_back(std::byte{pair});
  bytes.push_back(std::byte{0x68});
  bytes.push_back(std::byte{frame.control});
  bytes.push_back(static_cast<std::byte>(frame.data.size()));
  for (const std::byte b : frame.data) bytes.push_back(static_cast<std::byte>((base::to_u8(b) + 0x33) & 0xFF));
  unsigned sum = 0;  // from the first 68: the preamble is no part of it
  for (const std::byte b : base::ByteView(bytes).subspan(preamble)) sum += base::to_u8(b);
  bytes.push_back(static_cast<std::byte>(sum & 0xFF));
  bytes.push_back(std::byte{0x16});
  return bytes;
}

base::Result<Found> find_frame(base::ByteView bytes) {
  Search result = search(bytes);
  if (result.found) return *std::move(result.found);
  if (result.unfinished) return base::fail(Errc::need_more);
  if (result.suspect) return tl::unexpected(*std::move(result.suspect));
  return base::fail(Errc::no_frame);
}

base::Result<Found> find_frame_at_end(base::ByteView bytes) {
  Search result = search(bytes);
  if (result.found) return *std::move(result.found);
  if (result.suspect) return tl::unexpected(*std::move(result.suspect));
  return result.unfinished ? base::fail(Errc::need_more) : base::fail(Errc::no_frame);
}

}  // namespace anju::dlt645
