#pragma once

// Which meters hang on a line whose addresses nobody knows: asks for the address first, and where several answer at
// once descends the tree of abbreviated addresses, two digits at a time. Pure: hands out probes, is told what was
// heard. Reads harmless items only. Source: shared reference meters.md 7.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "protocols/base/money.hpp"
#include "protocols/dlt645/data_id.hpp"
#include "protocols/dlt645/frame.hpp"

namespace anju::gateway {

struct ScanSettings {
  std::vector<std::int64_t> bauds{2400, 9600, 1200, 4800};
  std::vector<dlt645::Edition> editions{dlt645::Edition::y2007, dlt645::Edition::y1997};
  bool repeat_silence = true;  ///< ask again, once, where nothing was heard: a collision can sound like silence
};

struct Probe {
  std::int64_t baud = 2400;
  dlt645::Edition edition = dlt645::Edition::y2007;
  bool read_address = false;  ///< 13H to all; otherwise the energy total is read
  dlt645::Address address = dlt645::kWildcard;
  std::size_t digits = 0;  ///< address bytes that are given, 0..6
  bool repeated = false;
};

/// The frame to send. It is a read in every case.
[[nodiscard]] dlt645::Frame request_of(const Probe& probe);

enum class Heard {
  silence,
  one,      ///< a clean reply, and silence behind it
  crowd,    ///< a clean reply, and more behind it
  garbage,  ///< bytes that are no frame
};

struct FoundMeter {
  dlt645::Address address;
  dlt645::Edition edition = dlt645::Edition::y2007;
  std::int64_t baud = 2400;
  std::optional<base::Quantity> total;  ///< absent when the meter did not give one
  int bad_probes = 0;                   ///< probes of this meter alone that were disturbed
};

class Scan {
 public:
  explicit Scan(ScanSettings settings);
  /// What to ask next; nullopt: the scan is over.
  [[nodiscard]] std::optional<Probe> next() const;
  /// The outcome of next(). replied: the clean frame for `one` and `crowd`.
  void heard(Heard heard, const std::optional<dlt645::Frame>& replied);

  [[nodiscard]] const std::vector<FoundMeter>& found() const { return found_; }
  [[nodiscard]] std::size_t asked() const { return asked_; }
  [[nodiscard]] std::size_t waiting() const { return probes_.size() + silent_.size(); }
  /// Something answered at this rate that never became a frame: a hint at another rate or parity.
  [[nodiscard]] bool heard_garbage_only() const { return garbage_ && found_.empty(); }

 private:
  void descend(const Probe& probe);
  void take(const Probe& probe, const dlt645::Frame& reply);
  /// Puts the probe back for its one repetition; false when it had it.
  bool repeat(Probe probe);
  void next_combination();
  void again_or_next();
  [[nodiscard]] bool is_known(const Probe& probe, const dlt645::Address& address) const;

  ScanSettings settings_;
  std::deque<Probe> probes_;
  std::deque<Probe> silent_;  ///< to be repeated before the next combination
  std::size_t combination_ = 0;
  std::vector<FoundMeter> found_;
  std::size_t asked_ = 0;
  bool garbage_ = false;
};

}  // namespace anju::gateway
