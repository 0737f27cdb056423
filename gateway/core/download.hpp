#pragma once

// A release that comes over the network in as many pieces as the network makes of it, without network and files: where it is, and what to do with an
// answer. Nobody is believed for being the server: what comes is judged by its signature. The asking is gateway/uplink/https.hpp.

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/core/enrolment.hpp"
#include "protocols/base/result.hpp"

namespace anju::gateway {

struct FileAddress {
  WebAddress server;
  std::string path;  ///< from its slash on, with a query if there is one
};
[[nodiscard]] bool is_web_address(std::string_view text);
/// http://host[:port]/path or https://. Error: bad_uri (`where` is the rule).
[[nodiscard]] base::Result<FileAddress> parse_file_address(std::string_view text);

/// The beginning of an answer to "from byte `have` on" (RFC 9110, 14).
struct FileAnswer {
  int status = 0;
  std::string content_range;         ///< "bytes 100-199/200", as it came
  std::string etag;                  ///< as it came, empty: none
  std::int64_t length = -1;          ///< of this answer's body; -1: not said
  std::int64_t retry_after_s = 0;    ///< 0: not said
};

enum class FileStep {
  append,   ///< the body goes on behind what is there
  restart,  ///< the body is the file from its beginning: what is there goes
  whole,    ///< there is nothing more: what is there is the file
  discard,  ///< what is there is not the beginning of that file: it goes, and the question is asked from 0
  again,    ///< the same again after a while
  refused,  ///< asking again changes nothing
};
/// have: bytes that were asked behind, 0 for the whole file. Total: any texts.
[[nodiscard]] FileStep step_after(const FileAnswer& answer, std::int64_t have);
/// Length of the whole file by this answer; -1: not said.
[[nodiscard]] std::int64_t whole_length(const FileAnswer& answer);

/// What has to be known of a download that another process goes on with: whose beginning it is. Two lines.
struct DownloadMark {
  std::string address, etag;
  bool operator==(const DownloadMark&) const = default;
};
[[nodiscard]] std::string encode(const DownloadMark& mark);
/// Any text; what is no mark is an empty one.
[[nodiscard]] DownloadMark decode_download_mark(std::string_view text);

/// Tries without a single new byte, after which it is left to a person.
inline constexpr int kMostIdleTries = 7;

}  // namespace anju::gateway
