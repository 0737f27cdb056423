#include "platform/store/cut_rows.hpp"

#include <sodium.h>

#include <array>

namespace anju::platform {
namespace {

class Hash {
 public:
  Hash() { crypto_hash_sha256_init(&state_); }
  void feed(std::string_view text) {
    for (const std::string& part : {std::to_string(text.size()) + ":", std::string(text)})
      crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  }
  std::string hex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state_, digest.data());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    return text.data();
  }

 private:
  crypto_hash_sha256_state state_{};
};

}  // namespace

CutRow read_cut(Select& row) {
  CutRow cut;
  cut.id = row.integer();
  cut.at = row.time();
  cut.from_reading = row.integer();
  cut.next_reading = row.integer();
  cut.newest_transfer = row.integer();
  cut.until = row.time();
  cut.blocks = row.integer();
  cut.blocks_hash = row.text();
  cut.hash = row.text();
  return cut;
}

CutRow newest_cut(soci::session& session) {
  CutRow newest;
  each_row(session, kCutColumns, std::string(kCuts) + " ORDER BY id DESC LIMIT 1", [&newest](Select& row) { newest = read_cut(row); });
  return newest;
}

CutSoFar cut_so_far(soci::session& session) {
  CutSoFar found;
  each_row(session, 1, "SELECT coalesce(max(next_reading) - min(from_reading), 0) FROM reading_cut", [&found](Select& row) { found.readings = row.integer(); });
  if (const CutRow newest = newest_cut(session); newest.id != 0) found.until = newest.until;
  return found;
}

std::string cut_hash(std::string_view before, const CutRow& row) {
  Hash hash;
  hash.feed(before);
  for (const std::int64_t number : {row.id, row.at.value, row.from_reading, row.next_reading, row.newest_transfer, row.until.value, row.blocks})
    hash.feed(std::to_string(number));
  hash.feed(row.blocks_hash);
  return hash.hex();
}

std::string blocks_hash(std::span<const std::string> bodies) {
  Hash hash;
  for (const std::string& body : bodies) hash.feed(body);
  return hash.hex();
}

}  // namespace anju::platform
