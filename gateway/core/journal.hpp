#pragma once

// What must survive a restart about commands: the newest counter, the ids that were accepted, and which phase each
// reached. The core asks before it acts; an adapter makes it durable before it returns. Phases need no call of their
// own: they are CommandEvents of the stream, and whoever stores the stream stores them with it.

#include <cstdint>
#include <optional>
#include <vector>

#include "protocols/base/result.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

/// A command that was accepted once. phase: the last one that was reported; absent when nothing was, so the device may
/// or may not have been touched.
struct AcceptedCommand {
  wire::Command command;
  std::optional<wire::CommandPhase> phase;
};

class Journal {
 public:
  virtual ~Journal() = default;
  /// The newest counter ever accepted; 0 when there is none.
  [[nodiscard]] virtual std::int64_t last_counter() const = 0;
  /// Everything remembered, oldest first.
  [[nodiscard]] virtual base::Result<std::vector<AcceptedCommand>> accepted() = 0;
  /// Returns once counter and id are durable. Errors: those of the storage; the command is not carried out then.
  [[nodiscard]] virtual base::Result<> accept(const wire::Command& command) = 0;
};

/// Forgets everything when the process ends: for simulation, tests and the installer's verbs.
class MemoryJournal final : public Journal {
 public:
  [[nodiscard]] std::int64_t last_counter() const override { return last_counter_; }
  [[nodiscard]] base::Result<std::vector<AcceptedCommand>> accepted() override { return commands_; }
  [[nodiscard]] base::Result<> accept(const wire::Command& command) override {
    last_counter_ = command.counter;
    commands_.push_back(AcceptedCommand{command, std::nullopt});
    return {};
  }
  /// What a stream's storage does with a CommandEvent.
  void reached(const wire::CommandEvent& event) {
    for (auto& known : commands_) {
      if (known.command.id == event.command) known.phase = event.phase;
    }
  }

 private:
  std::int64_t last_counter_ = 0;
  std::vector<AcceptedCommand> commands_;
};

}  // namespace anju::gateway
