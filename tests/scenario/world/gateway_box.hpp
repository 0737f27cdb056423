#pragma once

// One gateway as a box that can lose power at any instant: the core and the window of its uplink are volatile, the
// spool keeps what was committed and nothing else. What it does as any box lies in box_parts.hpp.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/core/gateway.hpp"
#include "gateway/core/stream.hpp"
#include "gateway/uplink/window.hpp"
#include "tests/scenario/world/box_parts.hpp"
#include "tests/scenario/world/broker.hpp"
#include "tests/scenario/world/field.hpp"

namespace anju::scenario {

/// Nothing: an event that nobody can read.
using Sent = std::optional<wire::Event>;

/// Streams that are over, by epoch, with all that the platform can have of them.
using Ended = std::map<std::string, std::vector<Sent>>;

/// What is on the disk of a gateway. It keeps every event it ever numbered, for the audit.
class DurableSpool final : public gateway::Journal {
 public:
  explicit DurableSpool(std::string epoch) : epoch_(std::move(epoch)) {}

  [[nodiscard]] std::int64_t last_counter() const override { return last_counter_; }
  [[nodiscard]] base::Result<std::vector<gateway::AcceptedCommand>> accepted() override { return journal_; }
  /// Error: disk_full.
  [[nodiscard]] base::Result<> accept(const wire::Command& command) override;

  void append(const std::vector<wire::Event>& events);
  /// An event of a newer gateway, which the platform cannot read.
  void append_unknown();
  /// `through` is written with the next append: a crash may forget it.
  void acknowledge(std::int64_t through) {
    through_ = std::max(through_, std::min(through, last_seq()));
    if (forked_at_ && through_ > *forked_at_) forked_at_.reset();
  }
  void rewind(std::int64_t through) { through_ = std::min(through_, through); }
  void crash() { through_ = std::min(durable_through_, through_); }
  /// What is not acknowledged is numbered anew.
  void renew(const std::string& epoch);

  // What may happen to a disk.
  /// Acknowledged events make room, all but the newest `kept`.
  void make_room(std::int64_t kept) { first_seq_ = std::max(first_seq_, through_ - kept + 1); }
  /// Nothing more can be written; what is there stays.
  void full(bool full) { full_ = full; }
  [[nodiscard]] bool is_full() const { return full_; }
  /// It lied: its newest events, which were sent, are not there after the power came back.
  void lose_last(std::int64_t count);
  /// What is there now is what was copied earlier. Both know of all that ever left.
  void become(const DurableSpool& copy);

  [[nodiscard]] const std::string& epoch() const { return epoch_; }
  [[nodiscard]] std::int64_t first_seq() const { return first_seq_; }
  [[nodiscard]] std::int64_t last_seq() const { return static_cast<std::int64_t>(stored_.size()); }
  [[nodiscard]] std::int64_t through() const { return through_; }
  [[nodiscard]] std::vector<gateway::StoredEvent> read(std::int64_t from, std::size_t most) const;
  [[nodiscard]] const std::vector<Sent>& events() const { return events_; }
  /// The platform may have other events than this disk under the same numbers.
  [[nodiscard]] bool is_forked() const { return forked_at_.has_value(); }
  [[nodiscard]] bool has_grown_since_fork() const { return forked_at_ && last_seq() > *forked_at_; }
  /// Epochs of which two disks went different ways. Which of the two the platform knows, only its own history says; and a restored backup
  /// may have heard the other one.
  [[nodiscard]] const std::set<std::string>& ever_forked() const { return ever_forked_; }
  /// By epoch: streams that are over.
  [[nodiscard]] const Ended& ended() const { return ended_; }
  [[nodiscard]] const std::vector<gateway::AcceptedCommand>& journal() const { return journal_; }

  std::optional<wire::Archive> archive;

 private:
  void append(gateway::StoredEvent stored, Sent event);
  void remember();

  std::string epoch_;
  std::vector<gateway::StoredEvent> stored_;
  std::vector<Sent> events_;
  Ended ended_;
  /// The disk went back to this event while the platform may have more: if it has, that is what it has of this epoch.
  std::optional<std::int64_t> forked_at_;
  std::set<std::string> ever_forked_;
  std::int64_t first_seq_ = 1, through_ = 0, durable_through_ = 0;
  std::vector<gateway::AcceptedCommand> journal_;
  std::int64_t last_counter_ = 0;
  bool full_ = false;
};

/// Where a process may lose power around a commit.
enum class Crash { none, before_commit, after_commit };

class GatewayBox {
 public:
  using Witness = std::function<void(const std::string& gateway, const wire::Event& event)>;
  /// What arrives with a good code: an acknowledgement or a command.
  using Hear = std::function<void(const std::string& gateway, const wire::Ack* ack, const wire::Command* command)>;

  GatewayBox(std::string code, const wire::GatewayKeys& keys, Timeline& time, Broker& broker, Field& field);

  /// Called with every event when the core has said it, and with what arrives.
  void witness(Witness witness) { witness_ = std::move(witness); }
  void hear(Hear hear) { hear_ = std::move(hear); }

  /// Called when it has died, however it did.
  void died(std::function<void()> call) { died_ = std::move(call); }

  void power_on();
  /// Dies at the next commit, as said.
  void power_off_at(Crash crash) { crash_ = crash; }
  [[nodiscard]] bool is_on() const { return core_ != nullptr; }
  /// The plug is pulled now.
  void power_off() {
    if (is_on()) die();
  }
  /// Another box takes its place, with an empty disk the first time; the next time the first one is back.
  void swap();
  /// The clock of the box is so far ahead from now on.
  void set_clock(base::Millis ahead);
  [[nodiscard]] bool clock_was_wrong() const { return clock_was_wrong_; }
  /// Its disk takes nothing for so long: events wait in memory.
  void fill_disk(base::Millis span);
  /// Somebody copies the card now; later the box goes on from that copy, put back while it is off.
  void copy_disk();
  void put_copy_back();
  /// Only while it is off, or between two steps.
  [[nodiscard]] DurableSpool& disk() { return spool_; }
  /// Whether the box reaches the broker.
  void network(bool up);

  [[nodiscard]] const std::string& code() const { return name_.code; }
  /// By the clock of the box.
  [[nodiscard]] base::UtcMillis now() const { return time_.now() + ahead_; }
  [[nodiscard]] const DurableSpool& spool() const { return spool_; }
  /// Every command that this box or another one in its place ever accepted.
  [[nodiscard]] const std::vector<wire::Command>& accepted() const { return accepted_; }
  /// Streams that are over, and that of the box which is not in use.
  [[nodiscard]] Ended ended() const;
  /// Epochs of a disk that went back and sent further events before it had heard how far the platform stands: these take the
  /// numbers of lost ones (gateway/uplink/window.hpp sends after kPositionWait even so, and a second process knows no better).
  [[nodiscard]] const std::set<std::string>& blind() const { return blind_; }
  /// The word of the platform that comes now is an old one: a disk that went back cannot tell by it what has left already.
  void hears_late() {
    if (window_ && window_->is_waiting() && spool_.is_forked()) blind_.insert(spool_.epoch());
  }
  /// Of the disk that is in and of the one on the shelf.
  [[nodiscard]] std::set<std::string> ever_forked() const;
  [[nodiscard]] std::int64_t crashes() const { return crashes_; }
  /// What arrived and was refused: bad code, or no message.
  [[nodiscard]] std::int64_t refused() const { return refused_; }

 private:
  void step(gateway::GatewayEvent event);
  void store();
  void die();
  void wake();
  void connect();
  void receive(const std::string& topic, const std::string& payload);
  void receive(const wire::Ack& ack);
  void pump();
  void tell_gone();
  void renew();
  void publish_state();
  [[nodiscard]] std::string sealed_state(bool online);  ///< changes lists_due_
  void tick_window();
  void tick_state(std::int64_t life);

  /// The real one says its state every minute. Four minutes are below the platform's patience, and four times the virtual time.
  static constexpr base::Millis kStateEvery = base::minutes(4);
  static constexpr base::Millis kStoreAgain = base::seconds(2);

  BoxName name_;
  Timeline& time_;
  Broker& broker_;
  Field& field_;
  Witness witness_;
  Hear hear_;
  std::function<void()> died_;
  DurableSpool spool_;
  std::optional<DurableSpool> other_, copy_;
  std::vector<wire::Command> accepted_;
  std::vector<wire::Event> pending_;  ///< said, but not durable
  std::set<std::string> blind_;
  base::Millis ahead_{0};
  bool clock_was_wrong_ = false;
  int epochs_ = 1;
  std::int64_t told_after_ = -1;  ///< how everything stands was said once more in the events after this one; -1: not under this epoch
  Crash crash_ = Crash::none;
  bool network_ = true, connected_ = false;
  std::int64_t life_ = 0, crashes_ = 0, refused_ = 0;
  WakeUp wake_;
  WindowTicks window_ticks_;
  base::UtcMillis lists_due_;
  bool state_due_ = false;
  std::unique_ptr<gateway::Gateway> core_;
  std::optional<gateway::Window> window_;
};

}  // namespace anju::scenario
