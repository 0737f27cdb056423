#include "gateway/core/scan.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "protocols/modbus/message.hpp"

namespace anju::gateway {
namespace {

/// Transceivers that turn round leave a byte or two; the shortest reply has five.
constexpr std::size_t kWreckage = 4;
/// An error reply of DL/T645: 68, address, 68, C, L, one byte, CS, 16; of CJ/T188 16 characters, of Modbus 5.
constexpr std::size_t kShortestReply = 13;
/// A meter's delay varies from answer to answer.
constexpr base::Millis kMargin(60), kLeastPatience(100);
/// More noisy branches than this, and nobody heard clean: that is the line, not its meters.
constexpr int kMostNoisyBranches = 24;
constexpr int kMostConfirmations = 3, kMostDetails = 2;

bool lies_below(const Probe& branch, const Probe& other) {
  return branch.root == other.root && branch.digits < other.digits &&
         std::equal(branch.address.begin(), branch.address.begin() + static_cast<std::ptrdiff_t>(branch.digits), other.address.begin());
}

Probe parent_of(Probe probe) {
  probe.address[--probe.digits] = kEverybody[0];
  return probe;
}

bool same_branch(const Probe& a, const Probe& b) {
  return a.root == b.root && a.digits == b.digits && a.address == b.address;
}

bool is_same(const FoundMeter& meter, const Said& said) {
  const bool dialect = meter.root.dialect == said.root.dialect || (is_cjt188(meter.root.dialect) && is_cjt188(said.root.dialect));
  return dialect && meter.address == said.address && meter.root.format.baud == said.root.format.baud;
}

bool is_read(const LineFrame& frame) {
  const auto* round = std::get_if<ModbusRound>(&frame);
  return round != nullptr && !round->heard.empty();
}

}  // namespace

Scan::Scan(ScanSettings settings) : settings_(std::move(settings)) {
  begin_root();
}

std::optional<Probe> Scan::next() const {
  if (questions_.empty()) return std::nullopt;
  auto probe = questions_.front().probe;
  if (probe.patience.value == 0) probe.patience = patience(probe);
  return probe;
}

base::Millis Scan::patience(const Probe& probe) const {
  if (probe.root.dialect == Dialect::modbus) return probe.read.function == modbus::Function::read_holding_registers ? kUnitPatience : kSecondUnitPatience;
  if (probe.digits == 0 || probe.is_exact()) return kScanPatience;
  const auto crowd = std::ranges::find_if(
      descended_, [parent = parent_of(probe)](const Crowd& one) { return same_branch(one.probe, parent); });
  if (crowd == descended_.end()) return kScanPatience;
  return std::clamp(crowd->slowest + kMargin, kLeastPatience, kScanPatience);
}

std::vector<Probe> Scan::first_probes(const Root& root) const {
  std::vector<Probe> probes;
  Probe probe{.root = root};
  if (root.dialect == Dialect::modbus) {
    probe.digits = 1;
    for (unsigned unit = settings_.first_unit; unit <= settings_.last_unit; ++unit) {
      probe.address[0] = static_cast<std::uint8_t>(unit);
      probes.push_back(probe);
    }
    return probes;
  }
  // 13H is what every model of 2007 has to know, a read with all digits open what most know; 1997 has no 13H. CJ/T188 has 03, but what is wanted is in
  // the read as well: it is asked once, of any type.
  const bool asks_address = root.dialect == Dialect::dlt645_2007 || (is_cjt188(root.dialect) && root.meter_type == cjt188::kAnyType);
  if (asks_address) {
    probe.read_address = true;
    probes.push_back(probe);
    probe.read_address = false;
  }
  probes.push_back(probe);
  return probes;
}

void Scan::begin_root() {
  while (questions_.empty() && begun_ < settings_.roots.size()) {
    for (auto& probe : first_probes(settings_.roots[begun_])) questions_.push_back({.probe = std::move(probe)});
    ++begun_;
  }
}

void Scan::begin_second_round() {
  round_ = 2;
  for (auto probe : std::exchange(again_, {})) {
    if (!is_worth_asking_again(probe)) continue;
    // Some devices keep silent where they should refuse: another function may be one they know.
    if (probe.root.dialect == Dialect::modbus) probe.read.function = modbus::Function::read_input_registers;
    questions_.push_back({.probe = probe});
  }
}

bool Scan::is_second_worth(const Root& root) const {
  const auto of_modbus = [](const Root& one) { return one.dialect == Dialect::modbus; };
  const auto usual = std::ranges::find_if(settings_.roots, of_modbus);
  return (usual != settings_.roots.end() && *usual == root) || std::ranges::any_of(found_, [&](const FoundMeter& meter) { return meter.root == root; });
}

bool Scan::is_worth_asking_again(const Probe& probe) const {
  if (probe.root.dialect == Dialect::modbus) return settings_.second_round && is_second_worth(probe.root) && known_below(probe) == 0;
  if (std::ranges::any_of(descended_, [&](const Crowd& one) { return same_branch(one.probe, probe); })) return false;
  // Noise comes from two at least: below a crowded branch that has not given away two, somebody missed his question.
  if (probe.digits > 1 && known_below(parent_of(probe)) < 2) return true;
  return settings_.second_round && (probe.digits <= 1 || unreliable_);
}

std::size_t Scan::known_below(const Probe& probe) const {
  const auto meters = std::ranges::count_if(found_, [&](const FoundMeter& meter) {
    const bool type = probe.root.meter_type == cjt188::kAnyType || meter.root.meter_type == probe.root.meter_type;
    return meter.root.format.baud == probe.root.format.baud && meter.root.dialect == probe.root.dialect && type &&
           std::equal(probe.address.begin(), probe.address.begin() + static_cast<std::ptrdiff_t>(probe.digits), meter.address.begin());
  });
  const bool crowded_below =
      std::ranges::any_of(descended_, [&](const Crowd& one) { return lies_below(probe, one.probe); });
  return static_cast<std::size_t>(meters) + (crowded_below ? 2 : 0);
}

bool Scan::is_explained(const Probe& probe) const {
  if (probe.digits != 0) return false;
  // Meters of one type answer to any type as well, and on an adapter without parity in any.
  const auto elsewhere = std::ranges::count_if(found_, [&](const FoundMeter& meter) {
    const bool type = probe.root.meter_type == cjt188::kAnyType || meter.root.meter_type == probe.root.meter_type;
    const bool same_root = meter.root.format == probe.root.format && meter.root.meter_type == probe.root.meter_type;
    return meter.root.format.baud == probe.root.format.baud && meter.root.dialect == probe.root.dialect && type && !same_root;
  });
  return elsewhere >= 2;
}

void Scan::take(const Probe& probe, const LineFrame& reply) {
  const auto said = said_in(probe, reply);
  if (!said) return;
  auto meter = std::ranges::find_if(found_, [&](const FoundMeter& one) { return is_same(one, *said); });
  if (meter == found_.end()) {
    found_.push_back({.root = said->root, .address = said->address});
    meter = std::prev(found_.end());
    // What several sent at once can look like a frame of somebody who is not there: he is asked by his own address.
    Probe exact{.root = said->root, .address = said->address, .digits = address_bytes(said->root.dialect), .patience = kScanPatience};
    exact.read = probe.read;
    questions_.push_front({.probe = exact, .purpose = Purpose::confirm, .meter = found_.size() - 1, .heard_from = probe});
  }
  if (said->total) meter->total = said->total;
  if (!said->state.empty()) meter->state = said->state;
  if (!said->status.empty()) meter->status = said->status;
  if (said->fits) return;
  // The answer to an earlier question: somebody is slower than all that was heard so far.
  for (auto& crowd : descended_) {
    if (crowd.probe.root.format == probe.root.format) crowd.slowest = kScanPatience;
  }
  unreliable_ = true;
}

bool Scan::descend(const Probe& probe, base::Millis slowest) {
  if (std::ranges::any_of(descended_, [&](const Crowd& one) { return same_branch(one.probe, probe); })) return false;
  descended_.push_back({probe, slowest});
  Probe child = probe;
  child.read_address = false;
  child.patience = base::Millis(0);
  ++child.digits;
  for (unsigned pair = 0; pair < 100; ++pair) {
    child.address[probe.digits] = static_cast<std::uint8_t>(pair / 10 << 4U | pair % 10);
    questions_.push_back({.probe = child});
  }
  return true;
}

void Scan::leave(const Probe& probe) {
  auto of_this_format = [&](const Probe& one) { return one.root.format == probe.root.format; };
  std::erase_if(questions_, [&](const Question& one) { return of_this_format(one.probe); });
  std::erase_if(again_, of_this_format);
}

void Scan::clock(FoundMeter& meter, const Heard& heard) const {
  if (heard.tail == 0) return;
  const auto delay = base::Millis(std::max<std::int64_t>(heard.last_byte.value - line_time(heard.tail, meter.root.format).value, 0));
  meter.quickest = std::min(meter.quickest.value_or(delay), delay);
  meter.slowest = std::max(meter.slowest.value_or(delay), delay);
}

void Scan::confirm(Question question, const Heard& heard) {
  auto& meter = found_[question.meter];
  ++meter.asked;
  const bool answered = std::ranges::any_of(heard.frames, [&](const auto& frame) { return answers(request_of(question.probe), frame); });
  if (answered) {
    ++meter.answered;
    meter.answers = true;
    clock(meter, heard);
    ask_details(question.meter);
    return;
  }
  ++meter.bad_probes;
  unreliable_ = true;
  if (question.asked < kMostConfirmations) {
    questions_.push_front(question);
  } else if (!question.heard_from.is_exact()) {
    // A mirage, or a meter that hears badly: whoever made its frame is further down.
    Probe branch = question.heard_from;
    std::copy_n(meter.address.begin(), branch.digits, branch.address.begin());
    static_cast<void>(descend(branch, kScanPatience));
  }
}

void Scan::ask_details(std::size_t index) {
  const auto& meter = found_[index];
  Probe probe{.root = meter.root, .address = meter.address, .digits = address_bytes(meter.root.dialect), .patience = kScanPatience};
  std::vector<Probe> details;
  if (meter.root.dialect == Dialect::dlt645_2007) {
    probe.status = true;
    details.push_back(probe);
  }
  if (meter.root.dialect == Dialect::modbus) {
    // A device that keeps silent about registers it does not have would cost a long wait for each.
    probe.patience = std::clamp(meter.slowest.value_or(kScanPatience) * 2 + kMargin, kLeastPatience, kScanPatience);
    for (const auto& read : telling_reads(settings_.profiles)) {
      probe.read = read;
      details.push_back(probe);
    }
  }
  for (auto one = details.rbegin(); one != details.rend(); ++one) {
    questions_.push_front({.probe = *one, .purpose = Purpose::detail, .meter = index});
  }
}

void Scan::detail(Question question, const Heard& heard) {
  auto& meter = found_[question.meter];
  ++meter.asked;
  const auto answer = std::ranges::find_if(heard.frames, [&](const auto& frame) { return answers(request_of(question.probe), frame); });
  const bool is_noise = heard.strays >= kWreckage;
  if (answer != heard.frames.end()) {
    ++meter.answered;
    clock(meter, heard);
    if (is_read(*answer)) {
      const auto reply = modbus::decode_reply(std::get<ModbusRound>(*answer).heard.front().pdu);
      if (reply) told_[question.meter].emplace_back(question.probe.read, *reply);
    }
  } else {
    // Some Modbus devices keep silent about registers they do not have. Who did so twice is not waited for again; of the others a lost answer would
    // cost the model, so they are asked once more and given more time.
    const bool silent = !is_noise && meter.root.dialect == Dialect::modbus;
    if (!silent) ++meter.bad_probes;
    if (question.asked < kMostDetails && !(silent && keep_silent_.contains(question.meter))) {
      question.probe.patience = kScanPatience;
      questions_.push_front(question);
      return;
    }
    if (silent) keep_silent_.insert(question.meter);
  }
  const bool more = std::ranges::any_of(
      questions_, [&](const Question& one) { return one.purpose == Purpose::detail && one.meter == question.meter; });
  if (more || meter.root.dialect != Dialect::modbus) return;
  meter.models = models_that_fit(settings_.profiles, told_[question.meter]);
  told_.erase(question.meter);
  if (meter.models.size() != 1) return;
  meter.total = meter.models.front().total;
  meter.state = meter.models.front().state;
}

Verdict Scan::judge(Question question, const Heard& heard) {
  const bool is_noise = heard.strays >= kWreckage;
  if (is_noise) {
    noise_ = true;
    if (++question.noisy == 1) {
      questions_.push_front(question);
      return Verdict::noise;
    }
    auto noisy = std::ranges::find(noisy_branches_, question.probe.root.format, &std::pair<SerialFormat, int>::first);
    if (noisy == noisy_branches_.end()) noisy = noisy_branches_.insert(noisy, {question.probe.root.format, 0});
    const bool is_modbus = question.probe.root.dialect == Dialect::modbus;
    if ((is_modbus || !question.probe.is_exact()) && ++noisy->second > kMostNoisyBranches && found_.empty()) {
      leave(question.probe);
    } else if (question.probe.is_exact()) {
      clashes_.push_back(question.probe);
    } else if (is_explained(question.probe) || !descend(question.probe, question.slowest)) {
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
    const auto length = line_time(heard.tail > 0 ? heard.tail : kShortestReply, question.probe.root.format);
    question.slowest = std::max(question.slowest, base::Millis(heard.last_byte.value - length.value));
    for (auto& crowd : descended_) {
      const bool concerned = same_branch(crowd.probe, question.probe) || lies_below(crowd.probe, question.probe);
      if (concerned) crowd.slowest = std::max(crowd.slowest, question.slowest);
    }
  }
  auto verdict = heard.frames.empty() ? Verdict::silence : Verdict::clear;
  switch (question.purpose) {
    case Purpose::confirm: confirm(question, heard); break;
    case Purpose::detail: detail(question, heard); break;
    case Purpose::search: verdict = judge(question, heard); break;
  }
  for (const auto& frame : heard.frames) take(question.probe, frame);
  if (questions_.empty()) begin_root();
  if (questions_.empty() && round_ == 1) begin_second_round();
  return verdict;
}

std::vector<Probe> Scan::unresolved() const {
  std::vector<Probe> probes;
  for (const auto& crowd : descended_) {
    const auto is_of_it = [&](const FoundMeter& meter) {
      const bool dialect = meter.root.dialect == crowd.probe.root.dialect || (is_cjt188(meter.root.dialect) && is_cjt188(crowd.probe.root.dialect));
      return dialect && meter.root.format.baud == crowd.probe.root.format.baud &&
             std::equal(crowd.probe.address.begin(), crowd.probe.address.begin() + static_cast<std::ptrdiff_t>(crowd.probe.digits), meter.address.begin());
    };
    if (std::ranges::none_of(found_, is_of_it)) probes.push_back(crowd.probe);
  }
  return probes;
}

base::Millis Scan::cost(const Probe& probe) const {
  const auto waited = probe.patience.value > 0 ? probe.patience : patience(probe);
  return line_time(size_of(request_of(probe), kMostPreamble), probe.root.format) + waited;
}

base::Millis Scan::time_left() const {
  base::Millis left(0);
  for (const auto& question : questions_) left = left + cost(question.probe);
  if (round_ != 1) return left;
  const auto second = [&](Probe probe) {
    if (probe.root.dialect == Dialect::modbus) probe.read.function = modbus::Function::read_input_registers;
    return cost(probe);
  };
  for (const auto& probe : again_) {
    if (is_worth_asking_again(probe)) left = left + second(probe);
  }
  for (const auto& question : questions_) {
    if (question.purpose == Purpose::search && is_worth_asking_again(question.probe)) left = left + second(question.probe);
  }
  for (std::size_t next = begun_; next < settings_.roots.size(); ++next) {
    const auto& root = settings_.roots[next];
    const auto probes = first_probes(root);
    if (probes.empty()) continue;
    const auto count = static_cast<std::int64_t>(probes.size());
    left = left + cost(probes.back()) * count;
    const bool twice = settings_.second_round && (root.dialect != Dialect::modbus || is_second_worth(root));
    if (twice) left = left + second(probes.back()) * count;
  }
  return left;
}

}  // namespace anju::gateway
