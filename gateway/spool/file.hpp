#pragma once

// The open file behind a spool. What is done with each of its tables lies in a file of its own: opening.cpp (schema,
// checks, what is damaged), stream.cpp (events and their numbers), journal.cpp (commands), archive.cpp. Private to this
// folder.

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "gateway/spool/spool.hpp"

namespace anju::gateway {

struct Spool::Impl {
  /// What the stream row holds. A copy is changed during a transaction and taken over after the commit.
  struct Position {
    std::string epoch;
    std::int64_t first_seq = 1, last_seq = 0, through = 0, last_counter = 0;
    bool full = false;
  };
  struct Row;
  struct UnreadableCommand {
    std::int64_t counter = 0;
    std::string id;
  };

  SQLite::Database database;
  std::int64_t max_bytes;
  std::int64_t page_size = 4096;
  Position position;
  std::optional<base::UtcMillis> disk_full_since;
  std::optional<wire::AlarmEvent> damage;
  base::UtcMillis latest;  ///< the last time that anybody named

  explicit Impl(const SpoolOptions& options);

  // opening.cpp
  base::Result<> prepare(const SpoolOptions& options);
  void create(const SpoolOptions& options);
  /// Finds what a sound file holds and nobody can read, and says so once.
  base::Result<> set_aside_unreadable(base::UtcMillis now);
  [[nodiscard]] std::int64_t pragma(const char* name);

  // stream.cpp
  void load();
  void store(const Position& next);
  base::Result<Appended> append(const std::vector<wire::Event>& events, base::UtcMillis now);
  /// Deletes the oldest acknowledged events until `wanted` bytes fit below `limit`, or none are left. True when they
  /// fit.
  bool make_room(Position& next, std::int64_t wanted, std::int64_t limit);
  void insert(Position& next, const std::vector<Row>& rows);
  base::Result<std::vector<StoredEvent>> read(std::int64_t from, std::size_t most);
  base::Result<> renew(const std::string& epoch);
  [[nodiscard]] std::int64_t used_bytes();

  // journal.cpp
  base::Result<> accept(const wire::Command& command);
  base::Result<std::vector<AcceptedCommand>> accepted();
  /// Inside the transaction that stores these events.
  void note_phases(const std::vector<wire::Event>& events);
  /// Those that were not marked before.
  std::vector<UnreadableCommand> unreadable_commands();
  void mark_unreadable(const std::vector<UnreadableCommand>& commands);

  // archive.cpp
  base::Result<> keep_archive(const wire::Archive& archive);
  base::Result<std::optional<wire::Archive>> archive();
  [[nodiscard]] bool is_archive_unreadable();
  void drop_archive();

  /// SQLite's words in ours. opening.cpp
  [[nodiscard]] base::Error error_of(const SQLite::Exception& error) const;

  /// Runs one operation and turns what SQLite throws into an error value.
  template <class Work>
  auto guarded(Work&& work) -> decltype(work()) {
    try {
      return work();
    } catch (const SQLite::Exception& error) {
      return tl::unexpected<base::Error>(error_of(error));
    } catch (const std::exception& error) {
      return base::fail(SpoolErrc::storage, error.what());
    }
  }
};

}  // namespace anju::gateway
