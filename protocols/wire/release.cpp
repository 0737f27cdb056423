#include "protocols/wire/release.hpp"

#include <sodium/crypto_hash_sha256.h>
#include <sodium/crypto_sign.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "protocols/base/id.hpp"
#include "protocols/wire/fields.hpp"

namespace anju::wire {
namespace {

constexpr std::string_view kMagic = "ANJUREL1";
constexpr std::size_t kLengthAt = 8, kSignatureAt = 12;
constexpr std::int32_t kMostOfPart = 99'999;
constexpr std::int64_t kMostSpool = 1000;

static_assert(sizeof(crypto_hash_sha256_state) == 104);
static_assert(crypto_sign_BYTES == 64 && crypto_sign_PUBLICKEYBYTES == 32);

const unsigned char* bytes(const char* text) {
  return reinterpret_cast<const unsigned char*>(text);
}

base::Result<ReleaseManifest> decode_manifest(std::string_view text) {
  const Document document(text);
  const auto object = document.object();
  if (!object) return base::fail(ReleaseErrc::bad_manifest, "no JSON object");
  ReleaseManifest out;
  std::string version, minimum;
  const auto is_version = [](std::string_view one) { return parse_version(one).has_value(); };
  const auto read = Fields(**object)
                        .need_id("product", out.product)
                        .need_text("version", version, is_version)
                        .need_text("architecture", out.architecture, is_architecture)
                        .need("size", out.size, 1, kMaxProgram)
                        .need_text("sha256", out.sha256, is_sha256)
                        .need_text("minimum", minimum, is_version)
                        .need("spool", out.spool, 1, kMostSpool)
                        .done();
  if (!read) return base::fail(ReleaseErrc::bad_manifest, read.error().where);
  out.version = *parse_version(version);
  out.minimum = *parse_version(minimum);
  return out;
}

}  // namespace

std::string_view to_string(ReleaseErrc errc) {
  switch (errc) {
    case ReleaseErrc::not_a_release: return "not_a_release";
    case ReleaseErrc::bad_manifest: return "bad_manifest";
    case ReleaseErrc::no_keys: return "no_keys";
    case ReleaseErrc::bad_keys: return "bad_keys";
    case ReleaseErrc::untrusted: return "untrusted";
    case ReleaseErrc::damaged: return "damaged";
    case ReleaseErrc::wrong_product: return "wrong_product";
    case ReleaseErrc::wrong_architecture: return "wrong_architecture";
    case ReleaseErrc::not_newer: return "not_newer";
    case ReleaseErrc::too_old: return "too_old";
    case ReleaseErrc::other_spool: return "other_spool";
  }
  return "unknown";
}

bool is_architecture(std::string_view text) {
  constexpr std::size_t kMost = 16;
  return !text.empty() && text.size() <= kMost && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string_view::npos;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

base::Result<Version> parse_version(std::string_view text) {
  Version version;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::size_t i = 0; i < version.parts.size(); ++i) {
    if (i > 0 && (at == end || *at++ != '.')) return base::fail(ReleaseErrc::bad_manifest, "version");
    const char* const begin = at;
    const auto [behind, failure] = std::from_chars(at, end, version.parts[i]);
    const bool one_text = behind - begin == 1 || (begin != end && *begin != '0' && *begin != '-');
    const bool in_range = failure == std::errc() && version.parts[i] >= 0 && version.parts[i] <= kMostOfPart;
    if (!in_range || !one_text) return base::fail(ReleaseErrc::bad_manifest, "version");
    at = behind;
  }
  if (at != end) return base::fail(ReleaseErrc::bad_manifest, "version");
  return version;
}

std::string to_string(const Version& version) {
  return std::to_string(version.parts[0]) + "." + std::to_string(version.parts[1]) + "." + std::to_string(version.parts[2]);
}

base::Result<ReleaseHead> decode_release_head(std::string_view start) {
  if (start.size() < kReleasePrefix || !start.starts_with(kMagic)) return base::fail(ReleaseErrc::not_a_release);
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) length = length * 256 + static_cast<unsigned char>(start[kLengthAt + i]);
  if (length < 2 || length > kMaxManifest) return base::fail(ReleaseErrc::not_a_release, "length of the manifest");
  if (start.size() < kReleasePrefix + length) return base::fail(ReleaseErrc::not_a_release, "cut off");
  const std::string_view text = start.substr(kReleasePrefix, length);
  auto manifest = decode_manifest(text);
  if (!manifest) return base::pass(manifest);
  ReleaseHead head;
  head.manifest = std::move(*manifest);
  head.signed_bytes.append(start.substr(0, kSignatureAt)).append(text);
  std::memcpy(head.signature.data(), start.data() + kSignatureAt, head.signature.size());
  head.size = kReleasePrefix + length;
  return head;
}

base::Result<std::vector<ReleaseKey>> parse_release_keys(std::string_view text) {
  constexpr std::size_t kDigits = 64;
  std::vector<ReleaseKey> keys;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    if (line.empty() || line.front() == '#' || line == "\r") continue;
    const std::string_view digits = line.substr(0, line.find_first_of(" \t\r"));
    const auto read = digits.size() == kDigits ? base::from_hex(digits) : base::Result<base::Bytes>(base::Bytes());
    if (!read || read->size() != crypto_sign_PUBLICKEYBYTES || keys.size() == kMaxReleaseKeys)
      return base::fail(ReleaseErrc::bad_keys, "line " + std::to_string(number));
    ReleaseKey& key = keys.emplace_back();
    std::memcpy(key.bytes.data(), read->data(), read->size());
    line.remove_prefix(kDigits);
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.remove_suffix(1);
    key.name = std::string(line);
  }
  return keys;
}

base::Result<> check_signature(const ReleaseHead& head, const std::vector<ReleaseKey>& trusted) {
  if (trusted.empty()) return base::fail(ReleaseErrc::no_keys);
  const bool known = std::any_of(trusted.begin(), trusted.end(), [&head](const ReleaseKey& key) {
    return crypto_sign_verify_detached(head.signature.data(), bytes(head.signed_bytes.data()), head.signed_bytes.size(), key.bytes.data()) == 0;
  });
  if (!known) return base::fail(ReleaseErrc::untrusted);
  return {};
}

base::Result<> check_fits(const ReleaseManifest& manifest, const ReleaseHost& host) {
  if (manifest.product != host.product) return base::fail(ReleaseErrc::wrong_product, manifest.product);
  if (manifest.architecture != host.architecture) return base::fail(ReleaseErrc::wrong_architecture, manifest.architecture);
  if (manifest.version <= host.running) return base::fail(ReleaseErrc::not_newer, to_string(manifest.version));
  if (host.running < manifest.minimum) return base::fail(ReleaseErrc::too_old, to_string(manifest.minimum));
  if (manifest.spool != host.spool) return base::fail(ReleaseErrc::other_spool, std::to_string(manifest.spool));
  return {};
}

ProgramHash::ProgramHash() {
  crypto_hash_sha256_init(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()));
}

void ProgramHash::add(const char* piece, std::size_t count) {
  crypto_hash_sha256_update(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()), bytes(piece), count);
}

std::string ProgramHash::digits() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256_final(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()), hash.data());
  std::string out;
  for (const unsigned char byte : hash) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace anju::wire
