#pragma once

// Which meters hang on a line whose addresses nobody knows. Everybody is asked first; only where several answer over
// each other the tree of abbreviated addresses is descended, two digits at a time. Silence costs most of the time, so
// it is waited for no longer than the slowest that was ever heard needs, and below a crowded branch is asked twice only
// when the noise there is not explained yet. Pure: hands out probes, is told which bytes came. Reads harmless items
// only. Source: shared reference meters.md 7.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "protocols/base/bytes.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/dlt645/data_id.hpp"
#include "protocols/dlt645/frame.hpp"

namespace anju::gateway {

/// A meter begins its answer within 500 ms (DL/T645-2007 5.3.3); the rest is for adapters and serial servers.
inline constexpr base::Millis kScanPatience(560);

struct ScanSettings {
  std::vector<std::int64_t> bauds{2400, 9600, 1200, 4800};
  std::vector<dlt645::Edition> editions{dlt645::Edition::y2007, dlt645::Edition::y1997};
  bool second_round = true;  ///< asks every branch once more at the end: a meter may have missed the one question
};

struct Probe {
  std::int64_t baud = 2400;
  dlt645::Edition edition = dlt645::Edition::y2007;
  bool read_address = false;  ///< 13H to all; otherwise the energy total is read
  dlt645::Address address = dlt645::kWildcard;
  std::size_t digits = 0;  ///< address bytes that are given, 0..6
  /// How long after the request's last bit an answer may begin. Whoever has only one meter to wait for (digits 6) need
  /// not listen further once it has answered.
  base::Millis patience = kScanPatience;
};

/// The frame to send. It is a read in every case.
[[nodiscard]] dlt645::Frame request_of(const Probe& probe);

/// What was heard until all who may answer had their time.
struct Heard {
  std::vector<dlt645::Frame> frames;  ///< whole ones from meters, in order; our own echo is left out
  std::size_t strays = 0;             ///< bytes that belong to none of them, FE aside
  std::size_t tail = 0;    ///< characters of the frame that everything ended with; 0: it did not end with one
  base::Millis last_byte;  ///< when the last byte came, after the request's last bit; 0: nothing came
};

[[nodiscard]] Heard hear(base::ByteView bytes, base::Millis last_byte);

struct FoundMeter {
  dlt645::Address address;
  dlt645::Edition edition = dlt645::Edition::y2007;
  std::int64_t baud = 2400;
  std::optional<base::Quantity> total;  ///< absent when the meter did not give one
  bool answers = false;                 ///< to its own address; false: heard among others only, which may be a mirage
  int bad_probes = 0;                   ///< probes of its own address that were disturbed or not answered
};

/// How an answer was understood.
enum class Verdict {
  silence,
  clear,    ///< whole frames and nothing else: everybody who spoke is known now
  noise,    ///< more than that; asked again
  crowded,  ///< noise twice: the branch below is asked two digits further
};

class Scan {
 public:
  explicit Scan(ScanSettings settings);
  /// What to ask next; nullopt: the scan is over.
  [[nodiscard]] std::optional<Probe> next() const;
  /// The outcome of next().
  Verdict heard(const Heard& heard);

  [[nodiscard]] const std::vector<FoundMeter>& found() const { return found_; }
  /// Addresses that answer, but never with a whole frame: two meters of one address, or a bad line.
  [[nodiscard]] const std::vector<dlt645::Address>& clashes() const { return clashes_; }
  [[nodiscard]] std::size_t asked() const { return asked_; }
  /// From now on, when nobody else is found.
  [[nodiscard]] base::Millis time_left() const;
  /// Everything was asked once; what comes now makes sure.
  [[nodiscard]] bool in_second_round() const { return round_ == 2; }
  /// Something answers that never becomes a frame: a hint at another parity, or a line that is never quiet.
  [[nodiscard]] bool heard_noise_only() const { return noise_ && found_.empty(); }

 private:
  struct Question {
    Probe probe;
    bool confirms = false;     ///< asks a meter that was found for its own address
    std::size_t heard_at = 0;  ///< digits of the probe that it answered first
    int asked = 0;             ///< in this round
    int noisy = 0;
    base::Millis slowest{};  ///< when the last answer to it began, at the latest
  };
  /// A branch where several answer at once. All of them were heard, so nobody below begins later than the slowest did.
  struct Crowd {
    Probe probe;
    base::Millis slowest;
  };

  void begin_combination();
  void begin_second_round();
  void take(const Probe& probe, const dlt645::Frame& reply);
  Verdict judge(Question question, const Heard& heard);
  void confirm(Question question, const Heard& heard);
  /// False when that was done before.
  bool descend(const Probe& probe, base::Millis slowest);
  void leave(const Probe& probe);
  [[nodiscard]] bool is_worth_asking_again(const Probe& probe) const;
  [[nodiscard]] std::size_t known_below(const Probe& probe) const;
  [[nodiscard]] base::Millis patience(const Probe& probe) const;
  [[nodiscard]] base::Millis cost(const Probe& probe) const;

  ScanSettings settings_;
  std::deque<Question> questions_;
  std::vector<Probe> again_;  ///< what the second round may ask
  std::vector<Crowd> descended_;
  std::size_t combination_ = 0;  ///< rates and dialects that were begun
  int round_ = 1;
  std::map<std::int64_t, int> noisy_branches_;  ///< by rate
  bool unreliable_ = false;                     ///< somebody who is there missed a question, or noise came and went
  std::vector<FoundMeter> found_;
  std::vector<dlt645::Address> clashes_;
  std::size_t asked_ = 0;
  bool noise_ = false;
};

}  // namespace anju::gateway
