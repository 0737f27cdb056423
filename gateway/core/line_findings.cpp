#include "gateway/core/line_findings.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "gateway/core/heard.hpp"
#include "gateway/core/unasked.hpp"

namespace anju::gateway {
namespace {

/// A device may answer so long after a try was given up: what comes then is late, and nobody else's.
constexpr base::Millis kMayBeLate = base::seconds(3);
/// An answer that comes a second time comes within the time that a device may take.
constexpr base::Millis kSecondAnswer = base::seconds(1);
/// Bytes from which an unasked burst is speech; glitches are shorter.
constexpr std::size_t kLeastSpeech = 8;
/// Bursts of unasked bytes without a whole frame, before they are spoken of.
constexpr int kLeastBursts = 3;
/// Damaged answers of a hundred, below which a line is good enough to be left alone.
constexpr int kLeastDamagePercent = 5;
/// Of a hundred damaged tries of a device that have to show a pattern before it is their cause.
constexpr int kPatternPercent = 80;

/// Bytes of a long answer: a block of registers, where a single one takes 24 with its wake-up bytes.
constexpr std::size_t kLongAnswer = 36;

constexpr std::size_t kLooks = 9;

struct Share {
  int bad = 0, all = 0;
};

struct Tally {
  int tries = 0, good = 0, twice = 0, level = 0;
  std::array<int, kLooks> looks{};  ///< of tries that failed
  [[nodiscard]] int of(Look look) const { return looks[static_cast<std::size_t>(look)]; }
  /// Tries that heard something, and no whole frame.
  [[nodiscard]] int bad() const { return of(Look::parity) + of(Look::slow_sender) + of(Look::inverted) + of(Look::level) + of(Look::cut) + spoilt(); }
  [[nodiscard]] int spoilt() const { return of(Look::damaged) + of(Look::garbage); }
  [[nodiscard]] int heard() const { return good + bad(); }
};

struct Evidence {
  std::map<base::DeviceId, Tally> devices;
  Tally line;
  int echoes = 0, level = 0, noise = 0;                   ///< tries
  int bursts = 0, asked = 0, speech = 0, glitches = 0;    ///< unasked bursts; of these: with foreign questions, long, short
  int level_bursts = 0, slow_bursts = 0, inverted_bursts = 0;
  int asked_tries = 0;                                    ///< tries that heard foreign questions
  Share longer, shorter;                                  ///< damaged answers, by length
};

bool is_answered(const Trace& trace) { return trace.outcome == "ok" || trace.outcome == "refused"; }

/// The last try of a device before this one ended in time: what answers twice was not asked twice.
bool was_asked_once(const std::deque<Trace>& traces, std::size_t at) {
  for (std::size_t i = at; i-- > 0;) {
    if (traces[at].at - traces[i].at > kMayBeLate) return true;
    if (traces[i].device == traces[at].device && traces[i].outcome != kUnasked && !is_answered(traces[i])) return false;
  }
  return true;
}

void add_try(Evidence& all, const std::deque<Trace>& traces, std::size_t at) {
  const auto& trace = traces[at];
  const auto heard = hear(trace);
  auto& device = all.devices[trace.device];
  for (auto* tally : {&all.line, &device}) {
    ++tally->tries;
    if (is_answered(trace)) {
      ++tally->good;
    } else {
      ++tally->looks[static_cast<std::size_t>(heard.look)];
    }
  }
  if (is_answered(trace) || heard.look == Look::damaged) {
    auto& share = trace.reply.size() >= kLongAnswer ? all.longer : all.shorter;
    ++share.all;
    if (!is_answered(trace)) ++share.bad;
  }
  if (heard.echo) ++all.echoes;
  if (heard.level) ++all.level, ++device.level;
  if (heard.noise) ++all.noise;
  if (heard.questions > 0) ++all.asked_tries;
  if (heard.answers > 1 && was_asked_once(traces, at)) ++device.twice;
}

void add_burst(Evidence& all, const std::deque<Trace>& traces, std::size_t at, std::optional<std::size_t> before) {
  const auto& burst = traces[at];
  const auto* last = before ? &traces[*before] : nullptr;
  const auto heard = overhear(burst, last);
  ++all.bursts;
  if (heard.questions > 0) {
    ++all.asked;
    return;
  }
  if (last != nullptr && heard.answers > 0) {
    // The rest of an answer that lies in the try itself is no second one: overhear() counts whole ones only.
    if (is_answered(*last) && burst.at - last->at < kSecondAnswer + last->delay && was_asked_once(traces, *before)) ++all.devices[last->device].twice;
    return;
  }
  if (last != nullptr && !is_answered(*last) && burst.at - last->at < kMayBeLate) return;
  switch (heard.look) {
    case Look::silence:
    case Look::whole:
    case Look::parity:
    case Look::cut:
    case Look::damaged: break;  // frames of devices that another master asked: he is heard himself
    case Look::level: ++all.level_bursts; break;
    case Look::slow_sender: ++all.slow_bursts; break;
    case Look::inverted: ++all.inverted_bursts; break;
    case Look::garbage: ++(burst.reply.size() >= kLeastSpeech ? all.speech : all.glitches); break;
  }
}

Evidence gather(const std::deque<Trace>& traces, base::UtcMillis now) {
  Evidence all;
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < traces.size(); ++i) {
    const auto& trace = traces[i];
    if (trace.protocol == FrameProtocol::modbus_tcp || now - trace.at > kFindingsWindow) continue;
    if (trace.outcome == kUnasked) {
      add_burst(all, traces, i, last);
      continue;
    }
    last = i;
    if (trace.outcome != "line_down") add_try(all, traces, i);
  }
  return all;
}

/// What some devices' damaged answers have in common, in most of them; the device is named where it is one.
std::optional<LineFinding> pattern(const Evidence& all, Look look, LineCause cause, Confidence confidence) {
  LineFinding finding{cause, confidence, {}, 0, 0};
  int bad = 0, devices = 0;
  for (const auto& [id, tally] : all.devices) {
    if (tally.of(look) == 0) continue;
    finding.device = ++devices == 1 ? id : base::DeviceId();
    finding.seen += tally.of(look);
    finding.of += tally.tries;
    bad += tally.bad();
  }
  if (finding.seen < kLeastDamaged || finding.seen * 100 < bad * kPatternPercent) return std::nullopt;
  return finding;
}

/// Whole questions that are not ours cannot come from a device. Speech in no frame of ours may be a master with another protocol or rate.
std::optional<LineFinding> second_master(const Evidence& all) {
  const int seen = all.asked + all.asked_tries, of = all.bursts + all.line.tries;
  if (seen >= kLeastWhole) return LineFinding{LineCause::second_master, Confidence::certain, {}, seen, of};
  if (all.speech < kLeastBursts) return std::nullopt;
  return LineFinding{LineCause::second_master, Confidence::possible, {}, all.speech, of};
}

/// Two whole answers to one question that was asked once. Where an adapter echoes, the answer to a Modbus write comes twice by itself.
std::optional<LineFinding> same_address(const Evidence& all) {
  if (all.echoes > 0) return std::nullopt;
  for (const auto& [id, tally] : all.devices) {
    if (tally.twice >= kLeastWhole) return LineFinding{LineCause::same_address, Confidence::certain, id, tally.twice, tally.tries};
  }
  return std::nullopt;
}

/// A device that is set to another rate does not understand the question and is silent; what is heard is a master at another rate, or a serial server
/// that sends right and receives wrong.
std::optional<LineFinding> other_rate(const Evidence& all) {
  const int seen = all.slow_bursts + all.line.of(Look::slow_sender);
  if (seen < kLeastBursts) return std::nullopt;
  return LineFinding{LineCause::other_rate, Confidence::likely, {}, seen, all.bursts + all.line.tries};
}

/// Exchanged wires rest at the level of a 0: the receiver reads one break, a 00, after each of our own questions and nobody understands them. So this
/// is said only where not one whole frame came. What is inverted and still follows a pattern is another speaker whose wires are right.
std::optional<LineFinding> reversed_pair(const Evidence& all) {
  if (all.line.good + all.line.of(Look::whole) > 0) return std::nullopt;
  const int inverted = all.inverted_bursts + all.line.of(Look::inverted), of = all.bursts + all.line.tries;
  if (inverted >= kLeastBursts) return LineFinding{LineCause::reversed_pair, Confidence::likely, {}, inverted, of};
  const int level = all.line.of(Look::level) + all.level_bursts;
  if (level < kLeastDamaged || level * 2 < all.line.tries) return std::nullopt;
  return LineFinding{LineCause::reversed_pair, Confidence::possible, {}, level, of};
}

/// Between frames nobody drives the line. Where no resistors hold it, it floats below the receiver's threshold when a driver lets go: a 00 or an FF
/// (a start bit and nothing) beside frames that are whole. Some meters put an FF in front of what they say (shared reference meters.md 2.3): where only
/// one shows it, it may be its way.
std::optional<LineFinding> no_bias(const Evidence& all) {
  constexpr int kLeastPercent = 10;
  const int seen = all.level + all.level_bursts, of = all.bursts + all.line.tries;
  if (all.line.good == 0 || seen < kLeastDamaged || seen * 100 < of * kLeastPercent) return std::nullopt;
  const auto shows = [](const auto& entry) { return entry.second.level > 0; };
  const auto first = std::ranges::find_if(all.devices, shows);
  const bool one = all.level_bursts == 0 && std::ranges::count_if(all.devices, shows) == 1 && first->second.good < all.line.good;
  if (one) return LineFinding{LineCause::no_bias, Confidence::possible, first->first, first->second.level, first->second.tries};
  return LineFinding{LineCause::no_bias, Confidence::likely, {}, seen, of};
}

/// Half duplex receivers are off while their driver is on; an adapter hears itself always or never.
std::optional<LineFinding> echo(const Evidence& all) {
  if (all.echoes < kLeastDamaged || all.echoes * 100 < all.line.tries * kPatternPercent) return std::nullopt;
  return LineFinding{LineCause::echo, Confidence::certain, {}, all.echoes, all.line.tries};
}

/// Noise spoils a frame of twice the length twice as often. Where long ones fail and short ones never do, something runs out in the middle: the supply
/// of an adapter that lives on the line, its timer, a buffer.
std::optional<LineFinding> long_only(const Evidence& all) {
  constexpr int kShortHeard = 10, kShortPercent = 2, kLongPercent = 30;
  const auto &longer = all.longer, &shorter = all.shorter;
  if (longer.bad < kLeastDamaged || longer.bad * 100 < longer.all * kLongPercent) return std::nullopt;
  if (shorter.all < kShortHeard || shorter.bad * 100 > shorter.all * kShortPercent) return std::nullopt;
  return LineFinding{LineCause::breaks_off, Confidence::possible, {}, longer.bad, longer.all};
}

/// What is damaged and shows no pattern. Two devices with one address drive the line against each other in the answers to that address and nowhere
/// else; so does one bad stub. Disturbance from outside does not wait for an answer: glitches come between frames, too. Reflections come with the
/// bits only, to every device on the wrong side of the open end; nothing in the bytes tells them from a weak signal.
std::optional<LineFinding> damage(const Evidence& all) {
  constexpr int kOthersHeard = 10, kOthersPercent = 5, kOwnPercent = 30;
  const int spoilt = all.line.spoilt();
  if (spoilt < kLeastDamaged || spoilt * 100 < all.line.heard() * kLeastDamagePercent) return std::nullopt;
  for (const auto& [id, tally] : all.devices) {
    const int others = all.line.heard() - tally.heard(), others_bad = all.line.bad() - tally.bad();
    const bool alone = others >= kOthersHeard && others_bad * 100 <= others * kOthersPercent;
    if (alone && tally.spoilt() >= kLeastDamaged && tally.spoilt() * 100 >= tally.heard() * kOwnPercent) {
      return LineFinding{LineCause::one_device, Confidence::possible, id, tally.spoilt(), tally.tries};
    }
  }
  if (all.glitches + all.noise >= kLeastBursts) return LineFinding{LineCause::interference, Confidence::likely, {}, spoilt, all.line.tries};
  return LineFinding{LineCause::termination, Confidence::possible, {}, spoilt, all.line.tries};
}

}  // namespace

std::string_view to_string(LineCause cause) {
  switch (cause) {
    case LineCause::second_master: return "second_master";
    case LineCause::same_address: return "same_address";
    case LineCause::parity: return "parity";
    case LineCause::other_rate: return "other_rate";
    case LineCause::reversed_pair: return "reversed_pair";
    case LineCause::no_bias: return "no_bias";
    case LineCause::echo: return "echo";
    case LineCause::breaks_off: return "breaks_off";
    case LineCause::one_device: return "one_device";
    case LineCause::interference: return "interference";
    case LineCause::termination: return "termination";
  }
  return "unknown";
}

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::possible: return "possible";
    case Confidence::likely: return "likely";
    case Confidence::certain: return "certain";
  }
  return "unknown";
}

std::vector<LineFinding> find_causes(const std::deque<Trace>& traces, base::UtcMillis now) {
  const auto all = gather(traces, now);
  auto breaks_off = pattern(all, Look::cut, LineCause::breaks_off, Confidence::likely);
  const auto spoilt_long = long_only(all);
  if (!breaks_off) breaks_off = spoilt_long;
  std::vector<LineFinding> findings;
  for (auto&& found : {second_master(all), same_address(all), pattern(all, Look::parity, LineCause::parity, Confidence::likely), other_rate(all), reversed_pair(all),
                       no_bias(all), echo(all), breaks_off, spoilt_long ? std::nullopt : damage(all)}) {
    if (found) findings.push_back(*found);
  }
  std::ranges::stable_sort(findings, [](const LineFinding& a, const LineFinding& b) { return a.confidence > b.confidence; });
  return findings;
}

}  // namespace anju::gateway
