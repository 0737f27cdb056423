#pragma once

// One question of a scan on a port: sent once, and then everything that comes is kept, also what collides, until all who may answer had their time. It
// listens longer than an exchange of a Line does, because what several meters say at once is evidence. Pure; times are of one clock, which is the
// caller's.

#include <optional>
#include <vector>

#include "gateway/core/line.hpp"
#include "gateway/core/scan_probe.hpp"

namespace anju::gateway {

class ScanEar {
 public:
  /// The question goes out now. ready_at() has come.
  [[nodiscard]] std::vector<PortAction> ask(const Probe& probe, base::UtcMillis now);
  void received(base::ByteView bytes, base::UtcMillis now);
  /// When nobody is waited for any more, as far as is known now.
  [[nodiscard]] base::UtcMillis deadline() const;
  /// What came; the next question may be asked.
  [[nodiscard]] Heard take();
  [[nodiscard]] bool is_listening() const { return probe_.has_value(); }
  /// Devices of Modbus need silence between an answer and the next question.
  [[nodiscard]] base::UtcMillis ready_at() const { return ready_at_; }
  /// When the question was sent: a clock that says less was set back.
  [[nodiscard]] base::UtcMillis asked_at() const { return asked_at_; }

 private:
  std::optional<Probe> probe_;
  base::Bytes heard_;
  base::UtcMillis asked_at_, sent_, last_, ready_at_;
};

}  // namespace anju::gateway
