#pragma once

// Which meters hang on a line whose addresses, protocols, rates and parities nobody knows. The usual is tried first. Of DL/T645 and CJ/T188 everybody is
// asked first; only where several answer over each other the tree of abbreviated addresses is descended, two digits at a time. Silence costs most of
// the time, so it is waited for no longer than the slowest that was ever heard needs, and below a crowded branch is asked twice only when the noise
// there is not explained yet. Modbus has nobody to ask but one unit after the other. Pure: hands out probes, is told which bytes came; may be ended
// at any moment. Reads harmless items only. Source: shared reference meters.md 7.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/core/line_uri.hpp"
#include "gateway/core/scan_model.hpp"
#include "gateway/core/scan_probe.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

/// A meter begins its answer within 500 ms (DL/T645-2007 5.3.3); the rest is for adapters and serial servers.
inline constexpr base::Millis kScanPatience(560);
/// A meter's delay varies from answer to answer.
inline constexpr base::Millis kScanMargin(60), kLeastScanPatience(100);
/// For a unit of Modbus, of which there are 247: most answer within 60 ms. The second round waits longer (meters.md 7).
inline constexpr base::Millis kUnitPatience(100), kSecondUnitPatience(300);
/// A pair carries 32 devices of one unit load (EIA-485), and who sets their units counts from 1. Where Modbus is spoken in a rarer way, the units up to here
/// are asked in their turn, the others when everything else was asked.
inline constexpr std::uint8_t kLowUnits = 40;

/// What a scan is to be limited to.
struct ScanChoice {
  bool dlt645 = true, cjt188 = true, modbus = true;
  std::vector<std::int64_t> bauds{};    ///< empty: the usual ones of each protocol
  std::vector<SerialFormat> formats{};  ///< whose characters, their rate is not looked at; empty: the usual ones of each protocol
  std::optional<SerialFormat> fixed{};  ///< the line has this one and no other: a serial server
};

/// The usual first. With rates or formats given: every protocol in all of them, in the usual order as far as there is one.
[[nodiscard]] std::vector<Root> roots_of(const ScanChoice& choice);

struct ScanSettings {
  std::vector<Root> roots = roots_of({});
  bool second_round = true;  ///< asks every branch once more at the end: a meter may have missed the one question
  std::uint8_t first_unit = 1, last_unit = 247;
  Profiles profiles{};  ///< models that Modbus devices may be of
};

/// One address at one rate is one meter, whichever byte order, type or parity it was found with first: some meters answer to several, and some adapters
/// have no parity. (So two Modbus devices of one unit that differ in nothing but their parity are taken for one.)
struct FoundMeter {
  Root root;
  ScanAddress address{};
  std::optional<base::Quantity> total{};  ///< kWh or m3; absent when the meter did not give one, or its model is not known
  std::string state{};                    ///< of relay or valve: "open", "closed" …; empty: not told
  std::string status{};                   ///< status word of CJ/T188
  std::vector<ModelFit> models{};         ///< of a Modbus device, the best first
  bool answers = false;   ///< to its own address; false: heard among others only, which may be a mirage
  int asked = 0;          ///< questions to its own address
  int answered = 0;       ///< of these
  int bad_probes = 0;     ///< of these, disturbed or not answered though it should have
  std::optional<base::Millis> quickest{}, slowest{};  ///< from the end of a question to the begin of its answer

  [[nodiscard]] std::string text() const { return text_of(root.dialect, address); }
};

/// How the archive of a gateway names it. nullopt: the model of a Modbus device is open, nobody answers, it counts heat
/// or gas, or a serial server cannot be told its format. uri: what the archive will say of the line.
[[nodiscard]] std::optional<wire::ArchiveDevice> archive_entry(const FoundMeter& meter, const base::LineId& line, const LineUri& uri,
                                                               const Profiles& profiles);

/// The same for the office: what was found, for the stream, kFoundTogether devices an event. Nothing found: no event.
[[nodiscard]] std::vector<wire::Event> found_events(const std::vector<FoundMeter>& found, const base::LineId& line, base::UtcMillis now);
/// 512 devices with all their models would be as large as a whole payload.
inline constexpr std::size_t kFoundTogether = 128;

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
  /// Who answers, but never with a whole frame: two meters of one address, or a bad line.
  [[nodiscard]] const std::vector<Probe>& clashes() const { return clashes_; }
  /// Where several answer at once and nobody was found below: they know no abbreviated addresses, or the line is bad.
  [[nodiscard]] std::vector<Probe> unresolved() const;
  [[nodiscard]] std::size_t asked() const { return asked_; }
  /// From now on, when nobody else is found.
  [[nodiscard]] base::Millis time_left() const { return time_left_in_round() + second_round_time(); }
  /// Until everything was asked once; in the second round until the end.
  [[nodiscard]] base::Millis time_left_in_round() const;
  /// Everything was asked once; what comes now makes sure.
  [[nodiscard]] bool in_second_round() const { return round_ == 2; }
  /// Something answers that never becomes a frame: a hint at another parity, or a line that is never quiet.
  [[nodiscard]] bool heard_noise_only() const { return noise_ && found_.empty(); }

 private:
  enum class Purpose {
    search,
    confirm,  ///< asks a meter that was found for its own address
    detail,   ///< asks one that answers for its contact, or for what tells its model
  };
  /// When those who answered a question began.
  struct Begins {
    base::Millis known{};      ///< the latest of whole answers
    base::Millis noise_end{};  ///< the end of the latest that was not whole, whenever it began
    void hear(const Begins& other) { known = std::max(known, other.known), noise_end = std::max(noise_end, other.noise_end); }
    /// Nobody began later, if no answer has fewer characters than these.
    [[nodiscard]] base::Millis latest(std::size_t characters, const SerialFormat& format) const {
      return std::max(known, base::Millis(noise_end.value - line_time(characters, format).value));
    }
  };
  struct Question {
    Probe probe;
    Purpose purpose = Purpose::search;
    std::size_t meter = 0;  ///< of confirm and detail: in found_
    Probe heard_from{};     ///< of confirm: the probe that it answered first
    int asked = 0;          ///< in this round
    int noisy = 0;
    Begins begins{};
  };
  /// What is asked of a root in one go: of Modbus these units.
  struct Batch {
    Root root;
    std::uint8_t first_unit = 1, last_unit = 247;
    bool comes_last = false;  ///< behind everything else
  };
  /// A branch where several answer at once. All of them were heard, so nobody below begins later than the slowest did.
  struct Crowd {
    Probe probe;
    Begins begins;
  };

  void plan();
  void begin_root();
  void begin_second_round();
  void take(const Probe& probe, const LineFrame& reply);
  Verdict judge(Question question, const Heard& heard);
  void confirm(Question question, const Heard& heard);
  void ask_details(std::size_t meter);
  void detail(Question question, const Heard& heard);
  /// Asks nothing that tells no model any more. False when nothing is left to ask of this device.
  bool spare_details(std::size_t meter);
  void clock(FoundMeter& meter, const Heard& heard) const;
  /// False when that was done before.
  bool descend(const Probe& probe, const Begins& begins);
  void leave(const Probe& probe);
  [[nodiscard]] bool is_worth_asking_again(const Probe& probe) const;
  [[nodiscard]] bool is_explained(const Probe& probe) const;
  [[nodiscard]] std::size_t known_below(const Probe& probe) const;
  [[nodiscard]] base::Millis patience(const Probe& probe, int round) const;
  [[nodiscard]] base::Millis cost(const Probe& probe, int round) const;
  [[nodiscard]] base::Millis second_round_time() const;
  void learn_length(const Question& question, std::size_t characters);
  /// What nobody's answer of this protocol is shorter than, as far as was heard.
  [[nodiscard]] std::size_t shortest_reply(Dialect dialect) const;
  /// As it is asked once more.
  [[nodiscard]] static Probe second(Probe probe);
  [[nodiscard]] static std::vector<Probe> first_probes(const Batch& batch);
  [[nodiscard]] bool is_second_worth(const Root& root) const;

  ScanSettings settings_;
  std::deque<Question> questions_;
  std::vector<Probe> again_;  ///< what the second round may ask
  std::vector<Crowd> descended_;
  std::vector<Batch> plan_;                         ///< what is not begun yet
  std::map<Dialect, std::size_t> shortest_replies_;  ///< characters of the shortest whole answer that was heard
  int round_ = 1;
  std::vector<std::pair<SerialFormat, int>> noisy_branches_;
  bool unreliable_ = false;  ///< somebody who is there missed a question, or noise came and went
  std::vector<FoundMeter> found_;
  std::map<std::size_t, Answers> told_;  ///< by Modbus devices, of what tells their model
  std::set<std::size_t> keep_silent_;    ///< Modbus devices that say nothing about registers they do not have
  std::vector<Probe> clashes_;
  std::size_t asked_ = 0;
  bool noise_ = false;
};

}  // namespace anju::gateway
