#pragma once

// The folder of releases on the gateway's disk, used by the launcher (which decides) and by the gateway and its verb (which only lay offers
// down). Everything in it is durable before it gets the name that counts.
//
//   state.bad              a state that could not be read, set aside when an order was taken all the same; while it is there and no release is
//                          confirmed since, none is removed
//   state                  what gateway/core/upgrade.hpp keeps; the launcher's own
//   told                   the outcome that the gateway has said over its stream; the gateway's own
//   blocked                that the gateway has said that nothing can be judged here; the gateway's own
//   ordered                how far the newest order of the office is; the gateway's own
//   <order>.offer          a whole release file that somebody wants to run; the launcher looks at it and removes it
//   download               a release file that is still coming, and of which address it is the beginning
//   download.of
//   <version>/release      the head of the release: manifest and signature
//   <version>/anju-gateway its program
//   <version>.unpacking/   what a power cut may leave; removed

#include <optional>
#include <string>
#include <vector>

#include "gateway/core/download.hpp"
#include "gateway/core/upgrade.hpp"
#include "gateway/core/upgrade_order.hpp"
#include "gateway/core/upgrade_report.hpp"
#include "gateway/releases/durable_file.hpp"
#include "protocols/base/result.hpp"
#include "protocols/wire/release.hpp"

namespace anju::gateway {

inline constexpr std::string_view kProduct = "anju-gateway";
/// Names in the environment of the gateway that the launcher starts: the folder, and the descriptor on which the gateway says "confirmed\n".
inline constexpr const char* kFolderVariable = "ANJU_RELEASES";
inline constexpr const char* kConfirmVariable = "ANJU_CONFIRM_FD";
/// Why the launcher could judge neither state nor release, so that something else runs: a code, a blank and where. Not set: it could.
inline constexpr const char* kBlockedVariable = "ANJU_RELEASES_BLOCKED";

/// Of the launcher that started this program; empty: none did.
[[nodiscard]] std::string launcher_folder();

/// Of the launcher that started this program, from kBlockedVariable. `reason` empty: nothing is blocked.
[[nodiscard]] UpgradeBlocked launcher_blocked();

/// Debian's name of the processor this program was built for.
[[nodiscard]] std::string_view architecture();

/// The keys of all files that can be read.
struct TrustedKeys {
  std::vector<wire::ReleaseKey> keys;
  std::vector<base::Error> skipped;  ///< a file each: bad_keys (`where` names file and line), unreadable
};
/// A file that is missing has no keys.
[[nodiscard]] TrustedKeys read_release_keys(const std::vector<std::string>& files);
/// The error of a release that none of the keys has signed; one of a file that was skipped could have.
[[nodiscard]] base::Error trust_error(const base::Error& error, const TrustedKeys& trusted);
/// Of what ReleaseFolder::check has said.
[[nodiscard]] Soundness soundness(const base::Result<>& checked);

class ReleaseFolder {
 public:
  explicit ReleaseFolder(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Makes it where it is missing. Empty: it is there; else why not.
  [[nodiscard]] std::string make() const;

  /// An empty one where there is none. Error: unreadable, also what is no state.
  [[nodiscard]] base::Result<UpgradeState> read_state() const;
  [[nodiscard]] std::string write_state(const UpgradeState& state) const;
  /// In the place of one that cannot be read, which becomes `state.bad`. Empty: done; else why not, and the old one is where it was.
  [[nodiscard]] std::string replace_state(const UpgradeState& state) const;

  [[nodiscard]] std::string read_told() const;
  [[nodiscard]] std::string write_told(const std::string& outcome) const;

  [[nodiscard]] bool was_blocked() const;
  /// Empty: done; else why not.
  [[nodiscard]] std::string write_blocked(bool blocked) const;

  [[nodiscard]] std::optional<OrderRecord> read_ordered() const;
  /// Nothing: removes it. Empty: done; else why not.
  [[nodiscard]] std::string write_ordered(const std::optional<OrderRecord>& record) const;

  struct Offer {
    std::string order, file;
  };
  /// The first by name; nothing when there is none.
  [[nodiscard]] std::optional<Offer> next_offer() const;
  [[nodiscard]] bool has_offer(const std::string& order) const;
  void forget_offer(const std::string& order) const;
  /// Copies a release file here as an offer. Errors: unreadable, not_written, those of decode_release_head, damaged (a length that is not its own).
  [[nodiscard]] base::Result<wire::ReleaseHead> offer(const std::string& file, const std::string& order) const;
  [[nodiscard]] std::string download() const { return path_ + "/download"; }
  /// What the download belongs to; empty where nothing says it.
  [[nodiscard]] DownloadMark read_mark() const;
  [[nodiscard]] std::string write_mark(const DownloadMark& mark) const;
  void forget_download() const;
  /// Bytes; 0 where there is none.
  [[nodiscard]] std::int64_t download_size() const;
  /// Of the whole download, 64 hex digits. Error: unreadable.
  [[nodiscard]] base::Result<std::string> download_hash() const;
  /// The download is a whole release, and becomes an offer. Errors: unreadable, not_written, those of decode_release_head, damaged.
  [[nodiscard]] base::Result<wire::ReleaseHead> offer_download(const std::string& order) const;

  /// What a release file says of itself; nothing of it is believed yet. Errors: unreadable, damaged (its length), those of decode_release_head.
  [[nodiscard]] static base::Result<wire::ReleaseHead> head(const std::string& file);
  /// Judges an offer and unpacks it. Errors: those of decode_release_head, check_signature, check_fits, damaged, unreadable, not_written.
  [[nodiscard]] base::Result<wire::ReleaseHead> unpack(const std::string& file, const std::vector<wire::ReleaseKey>& keys,
                                                       const wire::ReleaseHost& host) const;
  /// The release lies here, signed by one of these keys, every byte of it. Errors: damaged (also what is not there), those of check_signature; where it
  /// cannot be judged: unreadable, and the error of a file of keys that was skipped, where no other key fits.
  [[nodiscard]] base::Result<> check(const wire::Version& version, const TrustedKeys& trusted) const;
  [[nodiscard]] std::string program(const wire::Version& version) const;
  /// Removes releases that the state does not name, and what a power cut left. While a state that was set aside may name one of them and none has been
  /// confirmed since, only what a power cut left.
  void remove_others(const UpgradeState& state) const;

 private:
  std::string path_;
};

}  // namespace anju::gateway
