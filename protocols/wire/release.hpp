#pragma once

// A release: one file with the program of a gateway, a manifest that says what it is, and its maker's signature over the manifest. The
// manifest names the program's SHA-256, so the signature covers every byte, and everything can be judged before the program is there.
//
//   0   8   "ANJUREL1"
//   8   4   length of the manifest, big-endian, 2 to kMaxManifest
//   12  64  Ed25519 signature (RFC 8032) over bytes 0..11 and the manifest
//   76      the manifest, a JSON object; behind it the program, `size` bytes and nothing else
//
// scripts/release writes such files with another implementation of all of it (Node's), which the tests hold against this one.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/bytes.hpp"
#include "protocols/base/result.hpp"

namespace anju::wire {

/// Why a release is not taken. The names are what platform and console are told.
enum class ReleaseErrc {
  not_a_release,       ///< other bytes, or cut off inside its head
  bad_manifest,        ///< `where` is the field
  no_keys,             ///< this gateway trusts no maker: there is no file of release keys, or it is empty
  bad_keys,            ///< a line of the file of release keys cannot be read; `where` is the line
  untrusted,           ///< no trusted key made this signature over this manifest
  damaged,             ///< the program is not the one that was signed: another length or hash
  wrong_product,       ///< made for another program
  wrong_architecture,  ///< made for another processor
  not_newer,           ///< not above the version that runs; who wants an old one back releases it under a new number
  too_old,             ///< what runs is below the least version that this one can follow
  other_spool,         ///< its spool could not be opened by the version that would come back
};
[[nodiscard]] std::string_view to_string(ReleaseErrc errc);

/// 1.2.3, each 0 to 99999, without leading zeros.
struct Version {
  std::array<std::int32_t, 3> parts{};
  auto operator<=>(const Version&) const = default;
};
/// Error: bad_manifest ("version").
[[nodiscard]] base::Result<Version> parse_version(std::string_view text);
[[nodiscard]] std::string to_string(const Version& version);

struct ReleaseManifest {
  std::string product;       ///< an id: "anju-gateway"
  Version version;
  std::string architecture;  ///< Debian's name: amd64, arm64, armhf
  std::int64_t size = 0;     ///< bytes of the program, 1..kMaxProgram
  std::string sha256;        ///< of the program, 64 lower-case hex digits
  Version minimum;           ///< the least version that it may take the place of
  std::int64_t spool = 1;    ///< format of the spool that it writes, 1..1000
};

/// 1 to 16 lower-case letters and digits.
[[nodiscard]] bool is_architecture(std::string_view text);
/// 64 lower-case hex digits.
[[nodiscard]] bool is_sha256(std::string_view text);

inline constexpr std::size_t kMaxManifest = 4096;
inline constexpr std::int64_t kMaxProgram = 64 * 1024 * 1024;
inline constexpr std::size_t kReleasePrefix = 76;  ///< bytes in front of the manifest
inline constexpr std::size_t kMaxReleaseHead = kReleasePrefix + kMaxManifest;
inline constexpr std::int64_t kMaxRelease = static_cast<std::int64_t>(kMaxReleaseHead) + kMaxProgram;

struct ReleaseHead {
  ReleaseManifest manifest;
  std::string signed_bytes;              ///< what the signature is over
  std::array<unsigned char, 64> signature{};
  std::size_t size = 0;                  ///< of the head; the program begins there
  [[nodiscard]] std::int64_t file_size() const { return static_cast<std::int64_t>(size) + manifest.size; }
};

/// start: the first bytes of the file, at least its head (kMaxReleaseHead are always enough); more is not looked at. Total: any bytes.
/// Errors: not_a_release, bad_manifest.
[[nodiscard]] base::Result<ReleaseHead> decode_release_head(std::string_view start);

/// A maker's Ed25519 public key.
struct ReleaseKey {
  std::array<unsigned char, 32> bytes{};
  std::string name{};  ///< what stands behind the digits, for people; may be empty
};
inline constexpr std::size_t kMaxReleaseKeys = 16;
/// One key per line: 64 hex digits, then a name for people; '#' begins a comment. Error: bad_keys ("line 3"), also more than kMaxReleaseKeys.
[[nodiscard]] base::Result<std::vector<ReleaseKey>> parse_release_keys(std::string_view text);

/// Errors: no_keys, untrusted.
[[nodiscard]] base::Result<> check_signature(const ReleaseHead& head, const std::vector<ReleaseKey>& trusted);

/// What is there already, as far as a release has to fit it.
struct ReleaseHost {
  std::string_view product, architecture;
  Version running;
  std::int64_t spool = 1;
};
/// Errors: wrong_product, wrong_architecture, not_newer, too_old, other_spool.
[[nodiscard]] base::Result<> check_fits(const ReleaseManifest& manifest, const ReleaseHost& host);

/// The hash of a program that comes in pieces.
class ProgramHash {
 public:
  ProgramHash();
  void add(const char* bytes, std::size_t count);
  /// 64 lower-case hex digits; once.
  [[nodiscard]] std::string digits();

 private:
  alignas(8) std::array<std::byte, 104> state_{};
};

}  // namespace anju::wire
