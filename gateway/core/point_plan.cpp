#include "gateway/core/point_plan.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

namespace anju::gateway {
namespace {

struct Span {
  modbus::Function function;
  std::size_t first, end;
  auto operator<=>(const Span&) const = default;
};

Span span_of(const Point& point) { return {point.function, point.address, point.address + point.size()}; }

/// Whether the registers from `end` up to `first` may be read along.
bool may_bridge(const DeviceProfile& profile, modbus::Function function, std::size_t end, std::size_t first) {
  if (first <= end) return true;
  const auto in_the_way = [&](const Hole& hole) { return hole.function == function && hole.first < first && hole.last >= end; };
  return first - end <= profile.max_gap && std::ranges::none_of(profile.unreadable, in_the_way);
}

}  // namespace

base::Result<std::vector<modbus::Read>> plan_blocks(const DeviceProfile& profile, std::span<const PointName> points) {
  std::vector<Span> wanted;
  const auto want = [&](PointName name) {
    const Point* point = profile.find(name);
    if (point != nullptr) wanted.push_back(span_of(*point));
    return point;
  };
  for (const PointName name : points) {
    const Point* point = want(name);
    if (point == nullptr) return base::fail(ProfileErrc::unknown_point, profile.name + ": " + std::string(to_string(name)));
    for (const PointName scale : point->scale) (void)want(scale);
  }
  std::ranges::sort(wanted);

  // From the left, each block as long as it may be: whatever starts a new block could not have been in an earlier one, so no plan has fewer.
  std::vector<modbus::Read> blocks;
  std::optional<Span> block;
  const auto finish = [&] {
    if (!block) return;
    blocks.push_back({block->function, static_cast<std::uint16_t>(block->first), static_cast<std::uint16_t>(block->end - block->first)});
  };
  for (const Span& next : wanted) {
    const bool joins = block && block->function == next.function && std::max(block->end, next.end) - block->first <= profile.max_block &&
                       may_bridge(profile, next.function, block->end, next.first);
    if (joins) {
      block->end = std::max(block->end, next.end);
    } else {
      finish();
      block = next;
    }
  }
  finish();
  return blocks;
}

std::vector<modbus::Read> read_apart(const DeviceProfile& profile, std::span<const PointName> points) {
  std::vector<modbus::Read> reads;
  const auto want = [&](PointName name) {
    const Point* point = profile.find(name);
    if (point == nullptr) return;
    const modbus::Read read{point->function, point->address, static_cast<std::uint16_t>(point->size())};
    if (std::ranges::find(reads, read) == reads.end()) reads.push_back(read);
  };
  for (const PointName name : points) {
    want(name);
    if (const Point* point = profile.find(name)) std::ranges::for_each(point->scale, want);
  }
  return reads;
}

}  // namespace anju::gateway
