#pragma once

// A disk in memory for SQLite that loses power. What was synced is there afterwards; of what was written since, it keeps nothing, the first
// so many writes with the last one torn at a sector, or any sectors of them, by chance. While one of these lives it is SQLite's default file system.
//
// Modelled after what SQLite's own unix layer may expect: writes do not harm the bytes beside them (powersafe overwrite), a sync covers all
// writes of its file before it, and the names of all files that are there (it syncs the folder with a new journal). A removed file is gone at once.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "tests/scenario/world/timeline.hpp"

namespace anju::scenario {

class PowerCutDisk {
 public:
  using Bytes = std::vector<unsigned char>;
  struct Write {
    std::size_t at = 0;
    Bytes bytes;
  };
  struct Truncate {
    std::size_t size = 0;
  };
  struct File {
    Bytes now, synced;
    bool named = false;  ///< its name is on the disk
    std::vector<std::variant<Write, Truncate>> since;  ///< the last sync
  };

  /// Only one at a time.
  explicit PowerCutDisk(std::uint64_t seed);
  ~PowerCutDisk();
  PowerCutDisk(const PowerCutDisk&) = delete;
  PowerCutDisk& operator=(const PowerCutDisk&) = delete;

  /// The power fails at the n-th write, sync, truncation or removal from now on, n >= 1: it and all that follows fail.
  void fail_at(std::int64_t n) { left_ = n; }
  [[nodiscard]] bool is_dead() const { return dead_; }
  /// The power fails now, wherever writing has come to, and comes back: what is there is what survived. No file may be open.
  void cut();

  [[nodiscard]] std::int64_t cuts() const { return cuts_; }
  [[nodiscard]] std::int64_t lost_writes() const { return lost_writes_; }

  // For the functions that SQLite calls.
  /// False: the power is gone.
  [[nodiscard]] bool operation();
  [[nodiscard]] std::map<std::string, std::shared_ptr<File>>& files() { return files_; }
  static void apply(Bytes& bytes, const Write& write);
  void sync(File& file);

 private:
  void survive(File& file);

  Dice dice_;
  std::map<std::string, std::shared_ptr<File>> files_;
  std::int64_t left_ = 0, cuts_ = 0, lost_writes_ = 0;
  bool dead_ = false;
};

}  // namespace anju::scenario
