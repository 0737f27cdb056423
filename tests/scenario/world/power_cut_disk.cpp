#include "tests/scenario/world/power_cut_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace anju::scenario {
namespace {

constexpr std::size_t kSector = 512;

/// What SQLite holds of an open file.
struct Open : sqlite3_file {
  PowerCutDisk* disk;
  std::shared_ptr<PowerCutDisk::File> file;
};

Open& of(sqlite3_file* file) {
  return *static_cast<Open*>(file);
}
PowerCutDisk& of(sqlite3_vfs* vfs) {
  return *static_cast<PowerCutDisk*>(vfs->pAppData);
}

int close(sqlite3_file* file) {
  of(file).file.~shared_ptr();
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
  const auto& bytes = of(file).file->now;
  if (of(file).disk->is_dead()) return SQLITE_IOERR_READ;
  const auto wanted = static_cast<std::size_t>(count), from = std::min(static_cast<std::size_t>(at), bytes.size());
  const std::size_t there = std::min(wanted, bytes.size() - from);
  if (there > 0) std::memcpy(to, bytes.data() + from, there);
  if (there == wanted) return SQLITE_OK;
  std::memset(static_cast<unsigned char*>(to) + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
  const auto* bytes = static_cast<const unsigned char*>(from);
  PowerCutDisk::Write what{static_cast<std::size_t>(at), {bytes, bytes + count}};
  const bool alive = of(file).disk->operation();
  if (alive) PowerCutDisk::apply(of(file).file->now, what);
  // The write that the power failed in may still have reached the disk, or a part of it.
  of(file).file->since.emplace_back(std::move(what));
  return alive ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (!of(file).disk->operation()) return SQLITE_IOERR_TRUNCATE;
  of(file).file->now.resize(static_cast<std::size_t>(size));
  of(file).file->since.emplace_back(PowerCutDisk::Truncate{static_cast<std::size_t>(size)});
  return SQLITE_OK;
}

int sync(sqlite3_file* file, int) {
  if (!of(file).disk->operation()) return SQLITE_IOERR_FSYNC;
  of(file).disk->sync(*of(file).file);
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(of(file).file->now.size());
  return SQLITE_OK;
}

int lock(sqlite3_file*, int) {
  return SQLITE_OK;
}
int is_reserved(sqlite3_file*, int* reserved) {
  *reserved = 0;
  return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return static_cast<int>(kSector);
}
int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

constexpr sqlite3_io_methods kMethods{1, close, read, write, truncate, sync, file_size, lock, lock, is_reserved, control, sector_size, characteristics,
                                      nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto& disk = of(vfs);
  file->pMethods = nullptr;
  if (disk.is_dead()) return SQLITE_CANTOPEN;
  std::shared_ptr<PowerCutDisk::File> found;
  if (name == nullptr) {  // a temporary file
    found = std::make_shared<PowerCutDisk::File>();
  } else if (const auto known = disk.files().find(name); known != disk.files().end()) {
    found = known->second;
  } else if ((flags & SQLITE_OPEN_CREATE) != 0) {
    found = disk.files()[name] = std::make_shared<PowerCutDisk::File>();
  }
  if (!found) return SQLITE_CANTOPEN;
  new (&of(file).file) std::shared_ptr<PowerCutDisk::File>(std::move(found));
  of(file).disk = &disk;
  file->pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int) {
  if (!of(vfs).operation()) return SQLITE_IOERR_DELETE;
  return of(vfs).files().erase(name) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int access(sqlite3_vfs* vfs, const char* name, int, int* there) {
  *there = of(vfs).files().contains(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* path) {
  sqlite3_snprintf(size, path, "%s", name);
  return SQLITE_OK;
}

/// There is one at a time; SQLite keeps the pointer.
sqlite3_vfs vfs_of_disk;
sqlite3_vfs* usual = nullptr;

}  // namespace

PowerCutDisk::PowerCutDisk(std::uint64_t seed) : dice_(seed) {
  sqlite3_initialize();
  usual = sqlite3_vfs_find(nullptr);
  vfs_of_disk = *usual;  // chance, sleep and clock are the usual ones
  vfs_of_disk.szOsFile = sizeof(Open);
  vfs_of_disk.zName = "power-cut-disk";
  vfs_of_disk.pNext = nullptr;
  vfs_of_disk.pAppData = this;
  vfs_of_disk.xOpen = open;
  vfs_of_disk.xDelete = remove;
  vfs_of_disk.xAccess = access;
  vfs_of_disk.xFullPathname = full_path;
  sqlite3_vfs_register(&vfs_of_disk, 1);
}

PowerCutDisk::~PowerCutDisk() {
  sqlite3_vfs_unregister(&vfs_of_disk);
  sqlite3_vfs_register(usual, 1);
}

bool PowerCutDisk::operation() {
  if (dead_) return false;
  if (left_ > 0 && --left_ == 0) dead_ = true;
  return !dead_;
}

void PowerCutDisk::apply(Bytes& bytes, const Write& write) {
  bytes.resize(std::max(bytes.size(), write.at + write.bytes.size()));
  std::ranges::copy(write.bytes, bytes.begin() + static_cast<std::ptrdiff_t>(write.at));
}

void PowerCutDisk::sync(File& file) {
  for (const auto& what : file.since) {
    if (const auto* write = std::get_if<Write>(&what)) {
      apply(file.synced, *write);
    } else {
      file.synced.resize(std::get<Truncate>(what).size);
    }
  }
  file.since.clear();
  for (const auto& [name, one] : files_) one->named = true;
}

void PowerCutDisk::survive(File& file) {
  lost_writes_ += std::ssize(file.since);
  // 0: nothing, 1: the first so many, 2: any sectors.
  const std::int64_t how = dice_.below(3);
  const std::int64_t whole = how == 1 ? dice_.below(std::ssize(file.since) + 1) : 0;
  std::int64_t number = 0;
  for (const auto& what : file.since) {
    const std::int64_t place = number++;
    if (how == 0 || (how == 1 && place > whole)) break;
    if (const auto* truncated = std::get_if<Truncate>(&what)) {
      if (how == 1 ? place < whole : dice_.chance(500)) file.synced.resize(truncated->size);
      continue;
    }
    const auto& write = std::get<Write>(what);
    const auto sectors = (write.bytes.size() + kSector - 1) / kSector;
    const auto torn = static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(sectors) + 1));
    for (std::size_t i = 0; i < sectors; ++i) {
      const bool kept = how == 1 ? place < whole || i < torn : dice_.chance(500);
      if (!kept) continue;
      const auto from = write.bytes.begin() + static_cast<std::ptrdiff_t>(i * kSector);
      apply(file.synced, {write.at + i * kSector, {from, from + static_cast<std::ptrdiff_t>(std::min(kSector, write.bytes.size() - i * kSector))}});
    }
  }
  file.since.clear();
  file.now = file.synced;
}

void PowerCutDisk::cut() {
  ++cuts_;
  std::erase_if(files_, [this](const auto& entry) { return !entry.second->named && dice_.chance(500); });
  for (const auto& [name, file] : files_) {
    survive(*file);
    file->named = true;
  }
  dead_ = false;
  left_ = 0;
}

}  // namespace anju::scenario
