#include "platform/store/integer_column.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>
#include <vector>

#include "platform/domain/varint.hpp"

namespace anju::platform {
namespace {

constexpr unsigned kListed = 128;
/// The typical value is the middle one of a sample: exact is not needed, and sorting all costs more than it saves.
constexpr std::size_t kSample = 31;

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

std::int64_t typical(std::span<const std::int64_t> values) {
  std::array<std::int64_t, kSample> sample;
  const std::size_t count = std::min(kSample, values.size());
  for (std::size_t i = 0; i < count; ++i) sample[i] = values[i * values.size() / count];
  const auto middle = sample.begin() + static_cast<std::ptrdiff_t>(count / 2);
  std::nth_element(sample.begin(), middle, sample.begin() + static_cast<std::ptrdiff_t>(count));
  return *middle;
}

/// What divides all distances from `base`; 0: they are all 0; 1 also when a distance is beyond 64 bits.
std::uint64_t unit_of(std::span<const std::int64_t> values, std::int64_t base) {
  std::uint64_t unit = 0;
  for (const std::int64_t value : values) {
    std::int64_t distance = 0;
    if (__builtin_sub_overflow(value, base, &distance)) return 1;
    if (distance == 0) continue;
    const std::uint64_t size = magnitude(distance);
    if (unit == 0) {
      unit = size;
    } else if (size % unit != 0) {
      unit = std::gcd(unit, size);
    }
    if (unit == 1) return 1;
  }
  return unit;
}

struct Width {
  unsigned bits = 0;
  std::size_t listed = 0;
};

/// The width that costs least, if a listed value costs ten bits and its bytes.
Width best_width(const std::array<std::size_t, 65>& lengths, std::size_t count) {
  Width best{64, 0};
  std::size_t cost = SIZE_MAX, listed = 0, listed_bits = 0;
  for (unsigned bits = 64;; --bits) {
    const std::size_t here = count * bits + listed_bits;
    if (here < cost) {
      cost = here;
      best = {bits, listed};
    }
    if (bits == 0) return best;
    listed += lengths[bits];
    listed_bits += lengths[bits] * (10 + 8 * ((bits + 6) / 7));
  }
}

class BitWriter {
 public:
  explicit BitWriter(std::string& out) : out_(out) {}
  void put(std::uint64_t value, unsigned bits) {
    waiting_ |= value << filled_;
    filled_ += bits;
    if (filled_ < 64) return;
    flush(8);
    filled_ -= 64;
    waiting_ = filled_ == 0 ? 0 : value >> (bits - filled_);
  }
  void end() { flush((filled_ + 7) / 8); }

 private:
  void flush(std::size_t bytes) {
    char raw[8];
    for (std::size_t i = 0; i < bytes; ++i) raw[i] = static_cast<char>(waiting_ >> (8 * i));
    out_.append(raw, bytes);
  }
  std::string& out_;
  std::uint64_t waiting_ = 0;
  unsigned filled_ = 0;
};

/// Eight bytes from `at`, zeros beyond the end.
std::uint64_t load(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  if constexpr (std::endian::native == std::endian::little) {
    if (at + 8 <= bytes.size()) {
      std::memcpy(&value, bytes.data() + at, 8);
      return value;
    }
  }
  for (std::size_t i = 0; i < 8 && at + i < bytes.size(); ++i) value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return value;
}

void unpack(std::string_view packed, unsigned bits, std::int64_t base, std::uint64_t unit, std::span<std::int64_t> values) {
  if (bits == 0) {
    std::fill(values.begin(), values.end(), base);
    return;
  }
  const std::uint64_t mask = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
  std::size_t place = 0;
  for (std::int64_t& value : values) {
    const unsigned shift = place % 8;
    std::uint64_t raw = load(packed, place / 8) >> shift;
    if (shift + bits > 64) raw |= load(packed, place / 8 + 8) << (64 - shift);
    value = static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(unzigzag(raw & mask)) * unit);
    place += bits;
  }
}

}  // namespace

void encode_column(std::span<const std::int64_t> values, std::string& out) {
  if (values.empty()) return;
  const std::int64_t base = typical(values);
  const std::uint64_t unit = unit_of(values, base);
  if (unit == 0) {
    out += '\0';
    put_varint(out, 1);
    put_zigzag(out, base);
    return;
  }
  std::vector<std::uint64_t> distances(values.size());
  std::array<std::size_t, 65> lengths{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto distance = static_cast<std::int64_t>(static_cast<std::uint64_t>(values[i]) - static_cast<std::uint64_t>(base));
    // A unit beyond int64 belongs to the one distance that has no positive counterpart.
    if (unit != 1) distance = unit > INT64_MAX ? (distance == 0 ? 0 : -1) : distance / static_cast<std::int64_t>(unit);
    distances[i] = zigzag(distance);
    ++lengths[static_cast<std::size_t>(std::bit_width(distances[i]))];
  }
  const Width width = best_width(lengths, values.size());
  out += static_cast<char>(width.bits | (width.listed == 0 ? 0U : kListed));
  put_varint(out, unit);
  put_zigzag(out, base);
  if (width.listed != 0) {
    put_varint(out, width.listed);
    std::size_t before = 0;
    for (std::size_t i = 0; i < distances.size(); ++i) {
      if (static_cast<unsigned>(std::bit_width(distances[i])) <= width.bits) continue;
      put_varint(out, i - before);
      put_varint(out, distances[i]);
      before = i;
      distances[i] = 0;
    }
  }
  if (width.bits == 0) return;
  BitWriter writer(out);
  for (const std::uint64_t distance : distances) writer.put(distance, width.bits);
  writer.end();
}

bool decode_column(std::string_view& in, std::span<std::int64_t> values) {
  if (values.empty()) return true;
  if (in.empty()) return false;
  const auto head = static_cast<unsigned char>(in.front());
  in.remove_prefix(1);
  const unsigned bits = head & 127U;
  std::uint64_t unit = 0;
  std::int64_t base = 0;
  if (bits > 64 || !take_varint(in, unit) || unit == 0 || !take_zigzag(in, base)) return false;
  // The list is read twice: its end is where the bits begin.
  std::string_view listed;
  std::uint64_t count = 0;
  if ((head & kListed) != 0) {
    if (!take_varint(in, count) || count == 0 || count > values.size()) return false;
    listed = in;
    std::uint64_t at = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      std::uint64_t gap = 0, distance = 0;
      if (!take_varint(in, gap) || !take_varint(in, distance) || (i != 0 && gap == 0) || gap >= values.size() - at) return false;
      at += gap;
    }
  }
  const std::size_t bytes = (values.size() * bits + 7) / 8;
  if (in.size() < bytes) return false;
  unpack(in.substr(0, bytes), bits, base, unit, values);
  in.remove_prefix(bytes);
  std::size_t at = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint64_t gap = 0, distance = 0;
    if (!take_varint(listed, gap) || !take_varint(listed, distance)) return false;
    at += gap;
    values[at] = static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(unzigzag(distance)) * unit);
  }
  return true;
}

}  // namespace anju::platform
