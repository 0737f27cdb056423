#pragma once

// What a gateway must not forget, in one SQLite file: the ordered stream, the journal of commands and the last accepted
// archive. Every change is durable (WAL, synchronous=FULL) when the call returns, but for `through`, which goes in with
// the next append: after a crash it may be older, and that costs no more than sending again. It knows neither broker
// nor meters.
//
// At the limits:
// - `max_mb` reached: the oldest acknowledged events go first. When unacknowledged events fill all but the reserve
//   (kReservePercent), events of nothing but interval readings are no longer taken, because registers are cumulative
//   and the next reading carries the energy; everything else still goes into the reserve. The alarm spool_full says so
//   and is taken back when it is over. When the reserve is full as well, append answers spool_full.
// - disk full: append answers disk_full and stores nothing; what is stored stays. The caller keeps its events and tries
//   again. The first append that works puts the alarm disk_full into the stream (raised and over).
//
// One thread at a time. Nothing throws.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/core/journal.hpp"
#include "gateway/core/stream.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

inline constexpr std::int64_t kReservePercent = 10;      ///< of max_mb, for command results, alarms and status
inline constexpr std::size_t kMaxCommandsKept = 10'000;  ///< finished ones in the journal; the oldest go first

struct SpoolOptions {
  std::string file;
  std::string epoch;         ///< drawn by the caller; taken only when the file is created
  std::int64_t max_mb = 64;  ///< 1..100 000, of the database file
  /// Taken only when the file is created: counters up to it are refused. Counters rise with the platform's clock, so with the time of
  /// the creation a box that lost its spool does not carry out a recorded command a second time.
  std::int64_t first_counter = 0;
};

enum class SpoolErrc {
  cannot_open,    ///< the folder is missing or not writable; `where` is the file and the reason
  not_a_spool,    ///< the file is no SQLite database, or belongs to another program or a newer version
  corrupt,        ///< SQLite found the file damaged
  disk_full,      ///< the device takes no more; nothing was stored, try again later
  spool_full,     ///< max_mb is full of unacknowledged events, the reserve included; nothing was stored
  foreign_epoch,  ///< an acknowledgement of another stream
  beyond_stream,  ///< an acknowledgement of events that do not exist
  old_counter,    ///< a command counter that is not above the last accepted one
  seen_command,   ///< a command id that was accepted before
  storage,        ///< any other failure of SQLite; `where` is its message
};
[[nodiscard]] std::string_view to_string(SpoolErrc errc);

struct Appended {
  std::int64_t last_seq = 0;   ///< of the stream after this append
  std::int64_t not_taken = 0;  ///< readings that were left out because the spool is full
};

class Spool final : public Stream, public Journal {
 public:
  /// Opens or creates the file. Errors: cannot_open, not_a_spool, corrupt, disk_full, storage.
  [[nodiscard]] static base::Result<std::unique_ptr<Spool>> open(const SpoolOptions& options);
  /// The same, and nothing that is damaged stops a site: it goes on reading and switching, and the registers carry the
  /// energy. A damaged file is put aside as `<file>.damaged`, for a person to look at, and replaced by an empty one. In a
  /// sound file a command that cannot be read any more stays where it is, marked; its id and its counter are refused as
  /// before, and the platform orders anew. An archive that cannot be read goes; the platform has it. The alarm
  /// spool_damaged in the stream names each of them once. now: of that alarm.
  [[nodiscard]] static base::Result<std::unique_ptr<Spool>> open_or_replace(const SpoolOptions& options,
                                                                            base::UtcMillis now);
  ~Spool() override;
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // The stream.
  /// Numbers and stores the events in one durable transaction: all or nothing, so hand in as many as are waiting.
  /// A CommandEvent also writes its phase to the journal, in the same transaction. now: for the alarms of its own.
  /// Errors: disk_full, spool_full, corrupt, storage.
  [[nodiscard]] base::Result<Appended> append(const std::vector<wire::Event>& events, base::UtcMillis now);
  [[nodiscard]] const std::string& epoch() const override;
  [[nodiscard]] std::int64_t first_seq() const override;
  [[nodiscard]] std::int64_t last_seq() const override;
  [[nodiscard]] std::int64_t through() const override;
  /// An event that is no JSON any more is given as the alarm spool_damaged, which names it.
  [[nodiscard]] base::Result<std::vector<StoredEvent>> read(std::int64_t from, std::size_t most) override;
  [[nodiscard]] base::Result<> acknowledge(std::string_view epoch, std::int64_t through) override;
  void rewind(std::int64_t through) override;
  /// Begins a new stream: what is not acknowledged is numbered from 1 under this epoch, what is acknowledged goes.
  /// Errors: disk_full, storage.
  [[nodiscard]] base::Result<> renew(const std::string& epoch);

  // The journal of commands.
  /// Stores counter and id before anything is done with the command. Errors: old_counter, seen_command, disk_full,
  /// storage.
  [[nodiscard]] base::Result<> accept(const wire::Command& command) override;
  [[nodiscard]] std::int64_t last_counter() const override;
  /// After a restart those without a final phase have to be looked after. What cannot be read is left out.
  /// Errors: corrupt, storage.
  [[nodiscard]] base::Result<std::vector<AcceptedCommand>> accepted() override;

  // The archive.
  [[nodiscard]] base::Result<> keep_archive(const wire::Archive& archive);
  /// Absent when none was kept, or when it cannot be read.
  [[nodiscard]] base::Result<std::optional<wire::Archive>> archive();

  // For `status` and logs.
  /// What open_or_replace found damaged: the alarm that it put into the stream.
  [[nodiscard]] const std::optional<wire::AlarmEvent>& damage() const;
  [[nodiscard]] bool full() const;                ///< interval readings are being left out
  [[nodiscard]] std::int64_t used_bytes() const;  ///< pages in use, the free ones inside the file not counted

 private:
  struct Impl;
  explicit Spool(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace anju::gateway
