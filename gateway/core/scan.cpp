#include "gateway/core/scan.hpp"

#include <algorithm>
#include <utility>

#include "gateway/core/line_uri.hpp"
#include "gateway/core/meter.hpp"
#include "protocols/dlt645/message.hpp"
#include "protocols/dlt645/reply.hpp"
#include "protocols/dlt645/request.hpp"
#include "protocols/dlt645/value.hpp"

namespace anju::gateway {
namespace {

constexpr std::size_t kAddressBytes = 6;
/// Transceivers that turn round leave a byte or two; the shortest reply has thirteen.
constexpr std::size_t kWreckage = 4;
/// An error reply: 68, address, 68, C, L, one byte, CS, 16.
constexpr std::size_t kShortestReply = 13;
/// A meter's delay varies from answer to answer.
constexpr base::Millis kMargin(60), kLeastPatience(100);
/// More noisy branches than this, and nobody heard clean: that is the line, not its meters.
constexpr int kMostNoisyBranches = 24;
constexpr int kMostConfirmations = 3;

dlt645::DataId item_of(dlt645::Edition edition) {
  return edition == dlt645::Edition::y2007 ? dlt645::DataId{0x00010000, edition} : dlt645::DataId{0x9010, edition};
}

bool lies_below(const Probe& branch, const Probe& other) {
  return branch.baud == other.baud && branch.edition == other.edition && branch.digits < other.digits &&
         branch.address.matches(other.address);
}

Probe parent_of(Probe probe) {
  probe.address.wire[--probe.digits] = 0xAA;
  return probe;
}

bool same_branch(const Probe& a, const Probe& b) {
  return a.baud == b.baud && a.edition == b.edition && a.address == b.address;
}

}  // namespace

dlt645::Frame request_of(const Probe& probe) {
  auto frame = probe.read_address ? dlt645::make_request(probe.edition, dlt645::kWildcard, dlt645::ReadAddress{})
                                  : dlt645::make_request(probe.edition, probe.address,
                                                         dlt645::ReadData{item_of(probe.edition), std::nullopt});
  return frame.value_or(dlt645::Frame{});
}

Heard hear(base::ByteView bytes, base::Millis last_byte) {
  Heard heard;
  heard.last_byte = last_byte;
  auto stray = [&](base::ByteView some) {
    heard.strays += static_cast<std::size_t>(std::ranges::count_if(some, [](auto b) { return b != std::byte{0xFE}; }));
  };
  while (!bytes.empty()) {
    auto found = dlt645::find_frame_at_end(bytes);
    if (!found) break;
    stray(bytes.first(found->skipped));
    bytes = bytes.subspan(found->consumed);
    heard.tail = bytes.empty() ? found->consumed - found->skipped : 0;
    if ((found->frame.control & dlt645::kFromMeter) != 0) heard.frames.push_back(std::move(found->frame));
  }
  stray(bytes);
  return heard;
}

Scan::Scan(ScanSettings settings) : settings_(std::move(settings)) {
  begin_combination();
}

std::optional<Probe> Scan::next() const {
  if (questions_.empty()) return std::nullopt;
  auto probe = questions_.front().probe;
  probe.patience = patience(probe);
  return probe;
}

base::Millis Scan::patience(const Probe& probe) const {
  if (probe.digits == 0 || probe.digits == kAddressBytes) return kScanPatience;
  const auto crowd = std::ranges::find_if(
      descended_, [parent = parent_of(probe)](const Crowd& one) { return same_branch(one.probe, parent); });
  if (crowd == descended_.end()) return kScanPatience;
  return std::clamp(crowd->slowest + kMargin, kLeastPatience, kScanPatience);
}

void Scan::begin_combination() {
  if (combination_ >= settings_.bauds.size() * settings_.editions.size()) return;
  Probe probe;
  probe.baud = settings_.bauds[combination_ / settings_.editions.size()];
  probe.edition = settings_.editions[combination_ % settings_.editions.size()];
  ++combination_;
  // 13H is what every model of 2007 has to know, a read with all digits open what most know; 1997 has no 13H.
  if (probe.edition == dlt645::Edition::y2007) {
    probe.read_address = true;
    questions_.push_back({.probe = probe});
    probe.read_address = false;
  }
  questions_.push_back({.probe = probe});
}

void Scan::begin_second_round() {
  round_ = 2;
  for (const auto& probe : std::exchange(again_, {})) {
    if (is_worth_asking_again(probe)) questions_.push_back({.probe = probe});
  }
}

bool Scan::is_worth_asking_again(const Probe& probe) const {
  if (std::ranges::any_of(descended_, [&](const Crowd& one) { return same_branch(one.probe, probe); })) return false;
  // Noise comes from two at least: below a crowded branch that has not given away two, somebody missed his question.
  if (probe.digits > 1 && known_below(parent_of(probe)) < 2) return true;
  return settings_.second_round && (probe.digits <= 1 || unreliable_);
}

std::size_t Scan::known_below(const Probe& probe) const {
  const auto meters = std::ranges::count_if(found_, [&](const FoundMeter& meter) {
    return meter.baud == probe.baud && meter.edition == probe.edition && probe.address.matches(meter.address);
  });
  const bool crowded_below =
      std::ranges::any_of(descended_, [&](const Crowd& one) { return lies_below(probe, one.probe); });
  return static_cast<std::size_t>(meters) + (crowded_below ? 2 : 0);
}

void Scan::take(const Probe& probe, const dlt645::Frame& reply) {
  const auto decoded = dlt645::decode_reply(reply);
  if (!decoded || decoded->edition != probe.edition || !reply.address.is_exact() || reply.address.is_broadcast()) {
    return;
  }
  auto meter = std::ranges::find_if(found_, [&](const FoundMeter& one) {
    return one.address == reply.address && one.baud == probe.baud && one.edition == probe.edition;
  });
  if (meter == found_.end()) {
    found_.push_back({reply.address, probe.edition, probe.baud, std::nullopt, false, 0});
    meter = std::prev(found_.end());
    // What several sent at once can look like a frame of somebody who is not there: he is asked by his own address.
    Probe exact = probe;
    exact.read_address = false;
    exact.address = reply.address;
    exact.digits = kAddressBytes;
    questions_.push_front({.probe = exact, .confirms = true, .heard_at = probe.digits});
  }
  if (const auto* read = std::get_if<dlt645::ReadReply>(&decoded->reply)) {
    if (const auto energy = dlt645::decode_energy(read->di, read->value)) meter->total = energy->total;
  }
  if (!dlt645::answers(request_of(probe), reply)) {
    // The answer to an earlier question: somebody is slower than all that was heard so far.
    for (auto& crowd : descended_) {
      if (crowd.probe.baud == probe.baud) crowd.slowest = kScanPatience;
    }
    unreliable_ = true;
  }
}

bool Scan::descend(const Probe& probe, base::Millis slowest) {
  if (std::ranges::any_of(descended_, [&](const Crowd& one) { return same_branch(one.probe, probe); })) return false;
  descended_.push_back({probe, slowest});
  Probe child = probe;
  child.read_address = false;
  ++child.digits;
  for (unsigned pair = 0; pair < 100; ++pair) {
    child.address.wire[probe.digits] = static_cast<std::uint8_t>(pair / 10 << 4U | pair % 10);
    questions_.push_back({.probe = child});
  }
  return true;
}

void Scan::leave(const Probe& probe) {
  auto of_this_rate = [&](const Probe& one) { return one.baud == probe.baud; };
  std::erase_if(questions_, [&](const Question& one) { return of_this_rate(one.probe); });
  std::erase_if(again_, of_this_rate);
}

void Scan::confirm(Question question, const Heard& heard) {
  auto meter = std::ranges::find_if(found_, [&](const FoundMeter& one) {
    return one.address == question.probe.address && one.baud == question.probe.baud &&
           one.edition == question.probe.edition;
  });
  const bool answered = std::ranges::any_of(
      heard.frames, [&](const auto& frame) { return dlt645::answers(request_of(question.probe), frame); });
  if (answered) {
    meter->answers = true;
    return;
  }
  ++meter->bad_probes;
  unreliable_ = true;
  if (question.asked < kMostConfirmations) {
    questions_.push_front(question);
  } else if (question.heard_at < kAddressBytes) {
    // A mirage, or a meter that hears badly: whoever made its frame is further down.
    Probe branch = question.probe;
    branch.digits = question.heard_at;
    std::fill(branch.address.wire.begin() + static_cast<std::ptrdiff_t>(branch.digits), branch.address.wire.end(),
              0xAA);
    static_cast<void>(descend(branch, kScanPatience));
  }
}

Verdict Scan::judge(Question question, const Heard& heard) {
  const bool is_noise = heard.strays >= kWreckage;
  if (is_noise) {
    noise_ = true;
    if (++question.noisy == 1) {
      questions_.push_front(question);
      return Verdict::noise;
    }
    if (question.probe.digits == kAddressBytes) {
      clashes_.push_back(question.probe.address);
    } else if (++noisy_branches_[question.probe.baud] > kMostNoisyBranches && found_.empty()) {
      leave(question.probe);
    } else if (!descend(question.probe, question.slowest)) {
      return Verdict::noise;
    }
    return Verdict::crowded;
  }
  if (question.noisy == 1 && question.asked < 3) {
    // It came and went: of two meters one may have slept. A third question decides.
    unreliable_ = true;
    questions_.push_front(question);
  } else if (round_ == 1) {
    again_.push_back(question.probe);
  }
  return heard.frames.empty() ? Verdict::silence : Verdict::clear;
}

Verdict Scan::heard(const Heard& heard) {
  if (questions_.empty()) return Verdict::silence;
  auto question = questions_.front();
  questions_.pop_front();
  ++asked_;
  ++question.asked;
  if (!heard.frames.empty() || heard.strays >= kWreckage) {
    // Where the last answer is not whole, it was at least an error reply.
    const auto length = line_time(heard.tail > 0 ? heard.tail : kShortestReply, {.baud = question.probe.baud});
    question.slowest = std::max(question.slowest, base::Millis(heard.last_byte.value - length.value));
    for (auto& crowd : descended_) {
      const bool concerned = same_branch(crowd.probe, question.probe) || lies_below(crowd.probe, question.probe);
      if (concerned) crowd.slowest = std::max(crowd.slowest, question.slowest);
    }
  }
  auto verdict = heard.frames.empty() ? Verdict::silence : Verdict::clear;
  if (question.confirms) {
    confirm(question, heard);
  } else {
    verdict = judge(question, heard);
  }
  for (const auto& frame : heard.frames) take(question.probe, frame);
  if (questions_.empty()) begin_combination();
  if (questions_.empty() && round_ == 1) begin_second_round();
  return verdict;
}

base::Millis Scan::cost(const Probe& probe) const {
  const auto request = dlt645::encode(request_of(probe), dlt645::kMaxPreamble);
  return line_time(request ? request->size() : 0, {.baud = probe.baud}) + patience(probe);
}

base::Millis Scan::time_left() const {
  base::Millis left(0);
  for (const auto& question : questions_) left = left + cost(question.probe);
  if (round_ != 1) return left;
  for (const auto& probe : again_) {
    if (is_worth_asking_again(probe)) left = left + cost(probe);
  }
  for (const auto& question : questions_) {
    if (!question.confirms && is_worth_asking_again(question.probe)) left = left + cost(question.probe);
  }
  for (std::size_t next = combination_; next < settings_.bauds.size() * settings_.editions.size(); ++next) {
    Probe probe;
    probe.baud = settings_.bauds[next / settings_.editions.size()];
    probe.edition = settings_.editions[next % settings_.editions.size()];
    const int questions = probe.edition == dlt645::Edition::y2007 ? 2 : 1;
    left = left + cost(probe) * (questions * (settings_.second_round ? 2 : 1));
  }
  return left;
}

}  // namespace anju::gateway
