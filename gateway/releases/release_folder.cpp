#include "gateway/releases/release_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "gateway/releases/durable_file.hpp"
#include "protocols/base/id.hpp"

namespace anju::gateway {
namespace {

namespace files = std::filesystem;
using wire::ReleaseErrc;

constexpr std::string_view kOffer = ".offer", kUnpacking = ".unpacking", kAside = "/state.bad", kBlocked = "/blocked";
constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kMostKeyText = 64 * 1024, kMostState = 64 * 1024;

/// An open file that closes itself.
class Handle {
 public:
  Handle(const std::string& name, int flags, int mode = 0) : number_(::open(name.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Handle() {
    if (number_ >= 0) ::close(number_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  [[nodiscard]] explicit operator bool() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

std::string why(const std::string& name) {
  return name + ": " + std::strerror(errno);
}

/// Of a small file; empty where there is none.
std::string text_of_file(const std::string& name) {
  std::ifstream stream(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

bool write_all(int file, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t done = ::write(file, bytes, count);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes += done;
    count -= static_cast<std::size_t>(done);
  }
  return true;
}

/// The head of a release file. Its length has to be the one that the head says.
base::Result<wire::ReleaseHead> head_of(int file, const std::string& name) {
  std::string start(wire::kMaxReleaseHead, '\0');
  const ssize_t count = ::pread(file, start.data(), start.size(), 0);
  struct stat facts {};
  if (count < 0 || ::fstat(file, &facts) != 0) return base::fail(FolderErrc::unreadable, why(name));
  start.resize(static_cast<std::size_t>(count));
  auto head = wire::decode_release_head(start);
  if (!head) return head;
  if (facts.st_size != head->file_size())
    return base::fail(ReleaseErrc::damaged, std::to_string(facts.st_size) + " bytes, not " + std::to_string(head->file_size()));
  return head;
}

/// Copies from `from` (where it stands) to `to` and gives the hash. Error: unreadable, not_written.
base::Result<std::string> copy(int from, int to, const std::string& name) {
  wire::ProgramHash hash;
  std::vector<char> piece(kPiece);
  for (;;) {
    const ssize_t count = ::read(from, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return base::fail(FolderErrc::unreadable, why(name));
    if (count == 0) return hash.digits();
    hash.add(piece.data(), static_cast<std::size_t>(count));
    if (to >= 0 && !write_all(to, piece.data(), static_cast<std::size_t>(count))) return base::fail(FolderErrc::not_written, why(name));
  }
}

}  // namespace

std::string launcher_folder() {
  const char* const text = std::getenv(kFolderVariable);
  return text == nullptr ? std::string() : std::string(text);
}

UpgradeBlocked launcher_blocked() {
  const char* const value = std::getenv(kBlockedVariable);
  const std::string_view text = value == nullptr ? std::string_view() : std::string_view(value);
  const auto end = std::min(text.find(' '), text.size());
  if (!base::is_id(text.substr(0, end))) return {};
  return {std::string(text.substr(0, end)), std::string(text.substr(std::min(end + 1, text.size())))};
}

std::string_view architecture() {
#if defined(__x86_64__)
  return "amd64";
#elif defined(__aarch64__)
  return "arm64";
#elif defined(__arm__)
  return "armhf";
#else
  return "unknown";
#endif
}

std::string ReleaseFolder::make() const {
  std::error_code failed;
  const bool made = files::create_directories(path_, failed);
  if (failed) return path_ + ": cannot be made (" + failed.message() + ")";
  const Handle folder(path_, O_RDONLY | O_DIRECTORY);
  return made && folder ? give_to_folder(folder.number(), path_) : std::string();
}

base::Result<UpgradeState> ReleaseFolder::read_state() const {
  const std::string name = path_ + "/state";
  const auto text = read_whole(name, kMostState);
  if (!text) return base::pass(text);
  if (!*text) return UpgradeState{};
  auto state = decode_upgrade_state(**text);
  if (!state) return base::fail(FolderErrc::unreadable, name + ": no state of upgrades");
  return *std::move(state);
}

std::string ReleaseFolder::read_told() const {
  return text_of_file(path_ + "/told");
}

std::string ReleaseFolder::write_told(const std::string& outcome) const {
  return write_durably(path_ + "/told", outcome);
}

std::string ReleaseFolder::write_state(const UpgradeState& state) const {
  return write_durably(path_ + "/state", encode(state));
}

std::string ReleaseFolder::replace_state(const UpgradeState& state) const {
  const std::string name = path_ + "/state", aside = path_ + std::string(kAside);
  std::error_code ignored;
  files::remove_all(aside, ignored);  // of another time
  if (auto wrong = rename_durably(name, aside); !wrong.empty()) return wrong;
  auto wrong = write_state(state);
  if (!wrong.empty()) (void)rename_durably(aside, name);
  return wrong;
}

bool ReleaseFolder::was_blocked() const {
  return ::access((path_ + std::string(kBlocked)).c_str(), F_OK) == 0;
}

std::string ReleaseFolder::write_blocked(bool blocked) const {
  const std::string name = path_ + std::string(kBlocked);
  if (blocked) return write_durably(name, "blocked\n");
  if (::unlink(name.c_str()) != 0 && errno != ENOENT) return why(name);
  keep_names(path_);
  return {};
}

std::optional<OrderRecord> ReleaseFolder::read_ordered() const {
  return decode_order_record(text_of_file(path_ + "/ordered"));
}

std::string ReleaseFolder::write_ordered(const std::optional<OrderRecord>& record) const {
  const std::string name = path_ + "/ordered";
  if (record) return write_durably(name, encode(*record));
  if (::unlink(name.c_str()) != 0 && errno != ENOENT) return why(name);
  keep_names(path_);
  return {};
}

std::optional<ReleaseFolder::Offer> ReleaseFolder::next_offer() const {
  std::error_code failed;
  std::optional<Offer> first;
  for (const auto& entry : files::directory_iterator(path_, failed)) {
    const auto& file = entry.path();
    if (file.extension() != kOffer) continue;
    const std::string order = file.stem();
    if (base::is_id(order) && (!first || order < first->order)) first = Offer{order, file};
  }
  return first;
}

bool ReleaseFolder::has_offer(const std::string& order) const {
  return ::access((path_ + "/" + order + std::string(kOffer)).c_str(), F_OK) == 0;
}

void ReleaseFolder::forget_offer(const std::string& order) const {
  ::unlink((path_ + "/" + order + std::string(kOffer)).c_str());
}

base::Result<wire::ReleaseHead> ReleaseFolder::offer(const std::string& file, const std::string& order) const {
  const Handle from(file, O_RDONLY);
  if (!from) return base::fail(FolderErrc::unreadable, why(file));
  auto head = head_of(from.number(), file);
  if (!head) return head;
  const std::string beside = path_ + "/offer.new";
  // Whoever owns the folder could have laid a link there, and this is root's verb.
  ::unlink(beside.c_str());
  const Handle to(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (!to) return base::fail(FolderErrc::not_written, why(beside));
  if (const auto wrong = give_to_folder(to.number(), beside); !wrong.empty()) return base::fail(FolderErrc::not_written, wrong);
  const auto copied = copy(from.number(), to.number(), beside);
  if (!copied || ::fsync(to.number()) != 0) {
    const auto failure = copied ? base::Error(FolderErrc::not_written, why(beside)) : copied.error();
    ::unlink(beside.c_str());
    return tl::unexpected<base::Error>(failure);
  }
  const auto wrong = rename_durably(beside, path_ + "/" + order + std::string(kOffer));
  if (!wrong.empty()) return base::fail(FolderErrc::not_written, wrong);
  return head;
}

DownloadMark ReleaseFolder::read_mark() const {
  return decode_download_mark(text_of_file(download() + ".of"));
}

std::string ReleaseFolder::write_mark(const DownloadMark& mark) const {
  return write_durably(download() + ".of", encode(mark));
}

void ReleaseFolder::forget_download() const {
  ::unlink(download().c_str());
  ::unlink((download() + ".of").c_str());
}

std::int64_t ReleaseFolder::download_size() const {
  struct stat facts {};
  return ::stat(download().c_str(), &facts) == 0 ? facts.st_size : 0;
}

base::Result<std::string> ReleaseFolder::download_hash() const {
  const Handle file(download(), O_RDONLY);
  if (!file) return base::fail(FolderErrc::unreadable, why(download()));
  return copy(file.number(), -1, download());
}

base::Result<wire::ReleaseHead> ReleaseFolder::offer_download(const std::string& order) const {
  {
    const Handle file(download(), O_RDWR | O_NOFOLLOW);
    if (!file) return base::fail(FolderErrc::unreadable, why(download()));
    auto head = head_of(file.number(), download());
    if (!head) return head;
    // Its pieces came from more than one answer: whether they are one file is known before it is given to anybody.
    if (::lseek(file.number(), static_cast<off_t>(head->size), SEEK_SET) < 0) return base::fail(FolderErrc::unreadable, why(download()));
    const auto hash = copy(file.number(), -1, download());
    if (!hash) return base::pass(hash);
    if (*hash != head->manifest.sha256) return base::fail(ReleaseErrc::damaged, "its hash is not the one that was signed");
    if (::fsync(file.number()) != 0) return base::fail(FolderErrc::not_written, why(download()));
  }
  auto claimed = head(download());
  const auto wrong = rename_durably(download(), path_ + "/" + order + std::string(kOffer));
  if (!wrong.empty()) return base::fail(FolderErrc::not_written, wrong);
  forget_download();
  return claimed;
}

std::string ReleaseFolder::program(const wire::Version& version) const {
  return path_ + "/" + to_string(version) + "/" + std::string(kProduct);
}

base::Result<wire::ReleaseHead> ReleaseFolder::head(const std::string& file) {
  const Handle from(file, O_RDONLY);
  if (!from) return base::fail(FolderErrc::unreadable, why(file));
  return head_of(from.number(), file);
}

base::Result<wire::ReleaseHead> ReleaseFolder::unpack(const std::string& file, const std::vector<wire::ReleaseKey>& keys,
                                                      const wire::ReleaseHost& host) const {
  const Handle from(file, O_RDONLY);
  if (!from) return base::fail(FolderErrc::unreadable, why(file));
  auto head = head_of(from.number(), file);
  if (!head) return head;
  if (const auto trusted = wire::check_signature(*head, keys); !trusted) return base::pass(trusted);
  if (const auto fits = wire::check_fits(head->manifest, host); !fits) return base::pass(fits);

  const std::string place = path_ + "/" + to_string(head->manifest.version), beside = place + std::string(kUnpacking);
  std::error_code failed;
  files::remove_all(beside, failed);
  files::create_directories(beside, failed);
  if (failed) return base::fail(FolderErrc::not_written, beside + ": " + failed.message());
  const auto refuse = [&](base::Error error) {
    files::remove_all(beside, failed);
    return tl::unexpected<base::Error>(std::move(error));
  };
  std::string start(head->size, '\0');
  if (::pread(from.number(), start.data(), start.size(), 0) != static_cast<ssize_t>(start.size())) return refuse({FolderErrc::unreadable, why(file)});
  if (const auto wrong = write_durably(beside + "/release", start); !wrong.empty()) return refuse({FolderErrc::not_written, wrong});
  {
    const std::string name = beside + "/" + std::string(kProduct);
    const Handle to(name, O_WRONLY | O_CREAT | O_EXCL, 0700);
    if (!to || ::lseek(from.number(), static_cast<off_t>(head->size), SEEK_SET) < 0) return refuse({FolderErrc::not_written, why(name)});
    const auto hash = copy(from.number(), to.number(), name);
    if (!hash) return refuse(hash.error());
    if (*hash != head->manifest.sha256) return refuse({ReleaseErrc::damaged, "its hash is not the one that was signed"});
    if (::fsync(to.number()) != 0) return refuse({FolderErrc::not_written, why(name)});
  }
  if (const Handle folder(beside, O_RDONLY | O_DIRECTORY); folder) (void)::fsync(folder.number());
  files::remove_all(place, failed);  // of an order from before, or the same release, which cannot be read; what runs has another version
  if (const auto wrong = rename_durably(beside, place); !wrong.empty()) return refuse({FolderErrc::not_written, wrong});
  return head;
}

base::Result<> ReleaseFolder::check(const wire::Version& version, const TrustedKeys& trusted) const {
  const std::string head_file = path_ + "/" + to_string(version) + "/release", name = program(version);
  const auto text = read_whole(head_file, wire::kMaxReleaseHead);
  if (!text) return base::pass(text);
  const auto head = wire::decode_release_head(text->value_or(""));
  if (!head || head->manifest.version != version) return base::fail(ReleaseErrc::damaged, head_file);
  if (const auto signed_by = wire::check_signature(*head, trusted.keys); !signed_by) {
    return tl::unexpected<base::Error>(trust_error(signed_by.error(), trusted));
  }
  const Handle file(name, O_RDONLY);
  if (!file) return errno == ENOENT || errno == ENOTDIR ? base::fail(ReleaseErrc::damaged, name) : base::fail(FolderErrc::unreadable, why(name));
  const auto hash = copy(file.number(), -1, name);
  if (!hash) return base::pass(hash);
  if (*hash != head->manifest.sha256) return base::fail(ReleaseErrc::damaged, name);
  return {};
}

void ReleaseFolder::remove_others(const UpgradeState& state) const {
  std::error_code failed;
  const std::string aside = path_ + std::string(kAside);
  if (state.current) files::remove_all(aside, failed);
  const bool named_once = files::exists(files::symlink_status(aside, failed));
  std::vector<files::path> others;
  for (const auto& entry : files::directory_iterator(path_, failed)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(kUnpacking)) others.push_back(entry.path());
    const auto version = wire::parse_version(name);
    if (named_once || !version || (state.current && *version == *state.current) || (state.trial && *version == state.trial->version)) continue;
    others.push_back(entry.path());
  }
  for (const auto& other : others) files::remove_all(other, failed);
}

TrustedKeys read_release_keys(const std::vector<std::string>& names) {
  TrustedKeys trusted;
  for (const auto& name : names) {
    const auto text = read_whole(name, kMostKeyText);
    if (!text) {
      trusted.skipped.push_back(text.error());
    } else if (const auto keys = wire::parse_release_keys(text->value_or(""))) {
      trusted.keys.insert(trusted.keys.end(), keys->begin(), keys->end());
    } else {
      trusted.skipped.emplace_back(ReleaseErrc::bad_keys, name + ", " + keys.error().where);
    }
  }
  return trusted;
}

base::Error trust_error(const base::Error& error, const TrustedKeys& trusted) {
  const bool by_nobody = error.is(ReleaseErrc::untrusted) || error.is(ReleaseErrc::no_keys);
  return by_nobody && !trusted.skipped.empty() ? trusted.skipped.front() : error;
}

Soundness soundness(const base::Result<>& checked) {
  if (checked) return Soundness::sound;
  const bool unknown = checked.error().is(FolderErrc::unreadable) || checked.error().is(ReleaseErrc::bad_keys);
  return unknown ? Soundness::unknown : Soundness::unsound;
}

}  // namespace anju::gateway
