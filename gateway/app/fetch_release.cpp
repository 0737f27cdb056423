#include "gateway/app/fetch_release.hpp"

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <iostream>
#include <optional>
#include <thread>
#include <utility>

#include "gateway/releases/durable_file.hpp"

namespace anju::gateway {
namespace {

constexpr std::chrono::milliseconds kTimeout(20'000);
constexpr std::int64_t kSyncEvery = 1024 * 1024;  // what a power cut may cost
constexpr std::int64_t kTellEvery = 8 * 1024 * 1024;

/// The file `download`, written at its end.
class Download {
 public:
  /// most: bytes, more is refused.
  Download(const ReleaseFolder& folder, std::string address, std::int64_t most) : folder_(folder), address_(std::move(address)), most_(most) {}
  ~Download() {
    if (file_ >= 0) ::close(file_);
  }
  Download(const Download&) = delete;
  Download& operator=(const Download&) = delete;

  bool open() {
    std::string unfit;
    file_ = open_own_file(folder_.download(), unfit);
    if (file_ < 0) {
      error_.emplace(FolderErrc::not_written, std::move(unfit));
      return false;
    }
    // An installer at the box and an order of the office would write one file.
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      error_.emplace(FolderErrc::not_written, folder_.download() + ": something else is being fetched into it");
      return false;
    }
    mark_ = folder_.read_mark();
    struct stat facts {};
    if (::fstat(file_, &facts) != 0) return failed();
    if (auto wrong = give_to_folder(file_, folder_.download()); !wrong.empty()) {
      error_.emplace(FolderErrc::not_written, std::move(wrong));
      return false;
    }
    size_ = synced_ = told_ = facts.st_size;
    return mark_.address == address_ || restart("");
  }
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] FilePart part() const { return {size_, mark_.etag}; }
  [[nodiscard]] const std::optional<base::Error>& error() const { return error_; }

  /// What comes is the file from its beginning, known by this etag.
  bool restart(const std::string& etag) {
    size_ = synced_ = 0;
    judged_ = false;
    mark_ = {address_, etag};
    if (::ftruncate(file_, 0) != 0) return failed();
    // The mark last: without it what is there belongs to nothing and is not gone on with.
    if (auto wrong = folder_.write_mark(mark_); !wrong.empty()) error_.emplace(FolderErrc::not_written, std::move(wrong));
    return !error_;
  }

  bool append(std::string_view piece) {
    if (size_ + static_cast<std::int64_t>(piece.size()) > most_) {
      error_.emplace(most_ < wire::kMaxRelease ? wire::ReleaseErrc::damaged : wire::ReleaseErrc::not_a_release, "longer than it may be");
      return false;
    }
    while (!piece.empty()) {
      const ssize_t count = ::pwrite(file_, piece.data(), piece.size(), size_);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return failed();
      size_ += count;
      piece.remove_prefix(static_cast<std::size_t>(count));
    }
    if (size_ - synced_ >= kSyncEvery) {
      synced_ = size_;
      if (::fdatasync(file_) != 0) return failed();
    }
    if (size_ / kTellEvery != told_ / kTellEvery) std::cerr << size_ / 1024 << " KiB\n";
    told_ = size_;
    return judge();
  }

 private:
  bool failed() {
    error_.emplace(FolderErrc::not_written, folder_.download() + ": " + std::strerror(errno));
    return false;
  }
  /// Something else than a release is not brought to its end.
  bool judge() {
    if (judged_ || size_ < static_cast<std::int64_t>(wire::kMaxReleaseHead)) return true;
    judged_ = true;
    std::string start(wire::kMaxReleaseHead, '\0');
    if (::pread(file_, start.data(), start.size(), 0) != static_cast<ssize_t>(start.size())) return failed();
    const auto head = wire::decode_release_head(start);
    if (!head) error_ = head.error();
    return !error_;
  }

  const ReleaseFolder& folder_;
  std::string address_;
  std::int64_t most_;
  DownloadMark mark_;
  int file_ = -1;
  std::int64_t size_ = 0, synced_ = 0, told_ = 0;
  bool judged_ = false;
  std::optional<base::Error> error_;
};

}  // namespace

base::Result<> fetch_release(const ReleaseFolder& folder, const std::string& text, const FileAddress& address, const Trust& trust, std::int64_t size) {
  Download download(folder, text, size > 0 ? size : wire::kMaxRelease);
  if (!download.open()) return tl::unexpected<base::Error>(*download.error());
  if (download.size() > 0) std::cerr << "going on behind " << download.size() << " bytes\n";
  for (int idle = 1;; ++idle) {
    const std::int64_t have = download.size();
    FileStep step = FileStep::again;
    std::int64_t other_size = -1;
    const auto begin = [&](const FileAnswer& answer) {
      step = step_after(answer, have);
      const bool body_comes = step == FileStep::restart || step == FileStep::append;
      if (const auto whole = whole_length(answer); body_comes && size > 0 && whole >= 0 && whole != size) {
        other_size = whole;
        return false;
      }
      if (step == FileStep::restart) return download.restart(answer.etag);
      return step == FileStep::append;
    };
    const auto take = [&download](std::string_view piece) { return download.append(piece); };
    const auto answer = get_file(address, trust, download.part(), begin, take, kTimeout);
    if (download.error()) {
      if (!download.error()->is(FolderErrc::not_written)) folder.forget_download();
      return tl::unexpected<base::Error>(*download.error());
    }
    if (other_size >= 0) {
      folder.forget_download();
      return base::fail(wire::ReleaseErrc::damaged, "the server's file has " + std::to_string(other_size) + " bytes, not " + std::to_string(size));
    }
    if (!answer && !answer.error().is(WebErrc::unreachable)) return base::pass(answer);
    const bool body = step == FileStep::append || step == FileStep::restart;
    if (answer && (body || step == FileStep::whole)) return {};
    const std::string status = answer ? "status " + std::to_string(answer->status) : answer.error().where;
    if (step == FileStep::refused) return base::fail(WebErrc::unreachable, status + "; is this the address of the file itself?");
    if (step == FileStep::discard && !download.restart("")) return tl::unexpected<base::Error>(*download.error());
    if (download.size() > have) idle = 1;  // slow is not stuck
    if (idle == kMostIdleTries) return base::fail(WebErrc::unreachable, status);
    const auto pause = pause_before(idle, answer ? answer->retry_after_s : 0);
    std::cerr << status << " after " << download.size() << " bytes; trying again in " << pause << " s\n";
    std::this_thread::sleep_for(std::chrono::seconds(pause));
  }
}

}  // namespace anju::gateway
