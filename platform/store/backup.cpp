#include "platform/store/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "platform/store/database.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {
namespace {

/// On the disk, not only with the kernel. False: it could not be.
bool flush(const std::filesystem::path& path) {
  const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) return false;
  const bool flushed = ::fsync(opened) == 0;
  return ::close(opened) == 0 && flushed;
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

}  // namespace

base::Result<std::int64_t> backup(const std::string& url, const std::string& file) {
  if (!url.starts_with("sqlite:")) return base::fail(Errc::bad_field, "database");
  std::error_code problem;
  if (file.empty() || std::filesystem::exists(file, problem)) return base::fail(Errc::bad_field, "to");
  const std::filesystem::path target = std::filesystem::absolute(file), part = target.string() + ".part";
  std::filesystem::remove(part, problem);  // of a backup that was interrupted
  auto made = guarded("backup", [&]() -> base::Result<> {
    soci::session session;
    if (auto opened = open_session(session, url); !opened) return opened;
    run_script(session, "VACUUM INTO " + quoted(part.string()));
    soci::session copy;
    if (auto opened = open_session(copy, "sqlite:" + part.string()); !opened) return opened;
    std::string found;
    each_row(copy, 1, "PRAGMA integrity_check(1)", [&](Select& row) { found = row.text(); });
    run_script(copy, "PRAGMA journal_mode=DELETE");  // nothing of it in a file beside it
    if (found != "ok") return base::fail(Errc::store_failed, "the copy is damaged: " + found);
    return {};
  });
  if (made && !flush(part)) made = base::fail(Errc::store_failed, "cannot flush " + part.string());
  if (made) {
    std::filesystem::rename(part, target, problem);
    if (problem || !flush(target.parent_path())) made = base::fail(Errc::store_failed, "cannot name it " + target.string());
  }
  if (!made) {
    for (const char* end : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(part.string() + end, problem);
    return base::pass(made);
  }
  return static_cast<std::int64_t>(std::filesystem::file_size(target, problem));
}

}  // namespace anju::platform
