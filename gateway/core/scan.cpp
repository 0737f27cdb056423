#include "gateway/core/scan.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "protocols/modbus/message.hpp"

namespace anju::gateway {
namespace {

/// Transceivers that turn round leave a byte or two; the shortest reply has five.
constexpr std::size_t kWreckage = 4;
/// More noisy branches than this, and nobody heard clean: that is the line, not its meters.
constexpr int kMostNoisyBranches = 24;
constexpr int kMostConfirmations = 3, kMostDetails = 2;

bool lies_below(const Probe& branch, const Probe& other) {
  return branch.root == other.root && branch.digits < other.digits &&
         std::equal(branch.address.begin(), branch.address.begin() + static_cast<std::ptrdiff_t>(branch.digits), other.address.begin());
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
  plan();
  begin_root();
}

std::optional<Probe> Scan::next() const {
  if (questions_.empty()) return std::nullopt;
  auto probe = questions_.front().probe;
  if (probe.patience.value == 0) probe.patience = patience(probe, round_);
  return probe;
}

void Scan::plan() {
  std::vector<Batch> last;
  bool is_usual = true;  // the first of Modbus, in which most devices are
  for (const auto& root : settings_.roots) {
    Batch batch{root, settings_.first_unit, settings_.last_unit};
    if (root.dialect == Dialect::modbus && !std::exchange(is_usual, false) && batch.first_unit <= kLowUnits && batch.last_unit > kLowUnits) {
      last.push_back({root, kLowUnits + 1, batch.last_unit, true});
      batch.last_unit = kLowUnits;
    }
    plan_.push_back(batch);
  }
  plan_.insert(plan_.end(), last.begin(), last.end());
}

void Scan::begin_root() {
  const auto was_heard = [&](const Batch& batch) {
    return batch.comes_last && std::ranges::any_of(found_, [&](const FoundMeter& meter) { return meter.root == batch.root; });
  };
  while (questions_.empty() && !plan_.empty()) {
    auto next = plan_.begin();
    // Of what comes last, first where somebody was heard.
    if (const auto heard = std::ranges::find_if(plan_, was_heard); next->comes_last && heard != plan_.end()) next = heard;
    for (auto& probe : first_probes(*next)) questions_.push_back({.probe = std::move(probe)});
    plan_.erase(next);
  }
}

void Scan::begin_second_round() {
  round_ = 2;
  for (auto probe : std::exchange(again_, {})) {
    if (!is_worth_asking_again(probe)) continue;
    questions_.push_back({.probe = second(std::move(probe))});
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
    if (crowd.probe.root.format == probe.root.format) crowd.begins.known = kScanPatience;
  }
  unreliable_ = true;
}

bool Scan::descend(const Probe& probe, const Begins& begins) {
  if (std::ranges::any_of(descended_, [&](const Crowd& one) { return same_branch(one.probe, probe); })) return false;
  descended_.push_back({probe, begins});
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
  std::erase_if(plan_, [&](const Batch& one) { return one.comes_last && one.root.format == probe.root.format; });
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
    static_cast<void>(descend(branch, {.known = kScanPatience}));
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
    probe.patience = std::clamp(meter.slowest.value_or(kScanPatience) * 2 + kScanMargin, kLeastScanPatience, kScanPatience);
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
  if (meter.root.dialect != Dialect::modbus || spare_details(question.meter)) return;
  meter.models = models_that_fit(settings_.profiles, told_[question.meter]);
  told_.erase(question.meter);
  if (meter.models.size() != 1) return;
  meter.total = meter.models.front().total;
  meter.state = meter.models.front().state;
}

bool Scan::spare_details(std::size_t meter) {
  const auto is_waiting = [&](const Question& one) { return one.purpose == Purpose::detail && one.meter == meter; };
  std::vector<modbus::Read> waiting;
  for (const auto& one : questions_) {
    if (is_waiting(one)) waiting.push_back(one.probe.read);
  }
  const auto telling = still_telling(settings_.profiles, waiting, told_[meter]);
  std::erase_if(questions_, [&](const Question& one) { return is_waiting(one) && std::ranges::find(telling, one.probe.read) == telling.end(); });
  return !telling.empty();
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
    } else if (is_explained(question.probe) || !descend(question.probe, question.begins)) {
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
    if (heard.tail == 0) {
      question.begins.hear({.noise_end = heard.last_byte});
    } else {
      question.begins.hear({.known = base::Millis(heard.last_byte.value - line_time(heard.tail, question.probe.root.format).value)});
      learn_length(question, heard.tail);
    }
    for (auto& crowd : descended_) {
      if (same_branch(crowd.probe, question.probe) || lies_below(crowd.probe, question.probe)) crowd.begins.hear(question.begins);
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

}  // namespace anju::gateway
