#include "gateway/core/scan_model.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "gateway/core/point_plan.hpp"

namespace anju::gateway {
namespace {

/// Points whose values can be told from what other registers hold.
constexpr std::array kTelling{PointName::energy_total, PointName::volume_total, PointName::voltage_a, PointName::frequency, PointName::power_factor,
                              PointName::relay,        PointName::valve,        PointName::temperature, PointName::pipe,    PointName::clock};

std::vector<PointName> telling_points(const DeviceProfile& profile) {
  std::vector<PointName> points;
  for (const auto name : kTelling) {
    if (profile.find(name) != nullptr) points.push_back(name);
  }
  return points;
}

/// nullopt: cannot be true. Units are those of the dimension (device_terms.hpp).
std::optional<int> evidence_of(PointName name, const Measured& measured) {
  const auto within = [&](std::int64_t least, std::int64_t most, int evidence) {
    return measured.units >= least && measured.units <= most ? std::optional(evidence) : std::nullopt;
  };
  switch (name) {
    case PointName::voltage_a: return within(80'000, 500'000, 2);  // mV
    case PointName::frequency: return within(45'000, 65'000, 2);   // mHz
    case PointName::power_factor: return within(-1'000, 1'000, measured.units == 0 ? 0 : 1);
    case PointName::temperature: return within(-2'000, 10'000, 1);  // 1/100 degC
    case PointName::energy_total:
    case PointName::volume_total: return within(0, 1'000'000'000'000, 0);  // 100 million kWh or m3
    default: return 0;
  }
}

std::optional<ModelFit> fit(const DeviceProfile& profile, const ReadRegisters& read) {
  ModelFit fits{.name = profile.name};
  for (const auto name : telling_points(profile)) {
    const auto value = decode_point(profile, name, read);
    if (!value && value.error().is(ProfileErrc::no_value)) continue;
    if (!value) return std::nullopt;
    const auto* measured = std::get_if<Measured>(&*value);
    const auto evidence = measured != nullptr ? evidence_of(name, *measured) : std::optional(1);
    if (!evidence) return std::nullopt;
    fits.evidence += *evidence;
    if (name == PointName::energy_total || name == PointName::volume_total) fits.total = base::Quantity(measured->units);
    if (name == PointName::relay || name == PointName::valve) fits.state = text_of(*value);
  }
  return fits;
}

bool overlap(const modbus::Read& a, const modbus::Read& b) {
  return a.function == b.function && a.address < b.address + b.count && b.address < a.address + a.count;
}

/// What is not known yet of the points that tell this model, as the registers they take. nullopt: it is ruled out.
std::optional<std::vector<modbus::Read>> open_registers(const DeviceProfile& profile, const ReadRegisters& read, const std::vector<modbus::Read>& waiting) {
  std::vector<modbus::Read> open;
  for (const auto name : telling_points(profile)) {
    const auto value = decode_point(profile, name, read);
    if (!value && value.error().is(ProfileErrc::no_value)) continue;
    if (value) {
      const auto* measured = std::get_if<Measured>(&*value);
      if (measured != nullptr && !evidence_of(name, *measured)) return std::nullopt;
      continue;
    }
    if (!value.error().is(ProfileErrc::not_read)) return std::nullopt;
    const auto parts = read_apart(profile, std::array{name});
    const auto comes = [&](const modbus::Read& one) { return std::ranges::any_of(parts, [&](const modbus::Read& part) { return overlap(one, part); }); };
    if (std::ranges::none_of(waiting, comes)) return std::nullopt;
    open.insert(open.end(), parts.begin(), parts.end());
  }
  return open;
}

ReadRegisters registers_in(const Answers& answers) {
  ReadRegisters read;
  for (const auto& [block, reply] : answers) static_cast<void>(read.put(block, reply));  // an exception: nothing was read
  return read;
}

}  // namespace

std::vector<modbus::Read> telling_reads(const Profiles& profiles) {
  std::vector<modbus::Read> reads;
  for (const auto& [name, profile] : profiles) {
    const auto blocks = plan_blocks(*profile, telling_points(*profile));
    if (!blocks) continue;
    for (const auto& block : *blocks) {
      if (std::ranges::find(reads, block) == reads.end()) reads.push_back(block);
    }
  }
  return reads;
}

std::vector<ModelFit> models_that_fit(const Profiles& profiles, const Answers& answers) {
  const auto read = registers_in(answers);
  std::vector<ModelFit> fits;
  for (const auto& [name, profile] : profiles) {
    if (auto one = fit(*profile, read)) fits.push_back(*std::move(one));
  }
  std::ranges::stable_sort(fits, std::ranges::greater{}, &ModelFit::evidence);
  return fits;
}

std::vector<modbus::Read> still_telling(const Profiles& profiles, const std::vector<modbus::Read>& waiting, const Answers& answers) {
  const auto read = registers_in(answers);
  std::vector<modbus::Read> open;
  for (const auto& [name, profile] : profiles) {
    const auto needed = open_registers(*profile, read, waiting);
    if (needed) open.insert(open.end(), needed->begin(), needed->end());
  }
  std::vector<modbus::Read> telling;
  std::ranges::copy_if(waiting, std::back_inserter(telling), [&](const modbus::Read& one) {
    return std::ranges::any_of(open, [&](const modbus::Read& needed) { return overlap(one, needed); });
  });
  return telling;
}

}  // namespace anju::gateway
