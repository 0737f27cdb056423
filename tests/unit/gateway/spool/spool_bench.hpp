#pragma once

// A spool in a folder of its own, and what is put into it.

#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "gateway/spool/spool.hpp"

namespace anju::gateway::testing::spool {

class Folder {
 public:
  Folder() {
    char name[] = "/tmp/anju-spool-XXXXXX";
    path_ = mkdtemp(name);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file() const { return path_ + "/spool.db"; }

 private:
  std::string path_;
};

inline std::unique_ptr<Spool> open(const Folder& folder, std::int64_t max_mb = 64, const char* epoch = "e1") {
  auto spool = Spool::open({folder.file(), epoch, max_mb});
  if (!spool) FAIL(spool.error().code << " " << spool.error().where);
  return std::move(*spool);
}

inline constexpr base::UtcMillis kNow(1'763'687'758'000);

inline wire::Event reading(int n, wire::ReadingKind kind = wire::ReadingKind::interval) {
  return wire::ReadingsEvent{{{base::DeviceId("m1"), base::UtcMillis(n), kind, base::Quantity(n), {}}}};
}
inline wire::Event many_readings(int n) {
  wire::ReadingsEvent event;
  for (int i = 0; i < 200; ++i) {
    event.readings.push_back(
        {base::DeviceId("meter-" + std::to_string(i)), base::UtcMillis(n), {}, base::Quantity(n), {}});
  }
  return event;
}
inline wire::Event result(const char* id, wire::CommandPhase phase) {
  return wire::CommandEvent{base::CommandId(id), base::DeviceId("m1"), kNow, phase, "", wire::Relay::open};
}
inline wire::Command command(const char* id, std::int64_t counter) {
  return {base::CommandId(id), counter,           base::DeviceId("m1"), wire::CommandKind::trip, 0,
          base::UtcMillis(1),  base::UtcMillis(2)};
}

inline std::vector<std::string> texts(Spool& spool, std::int64_t from, std::size_t most = 1'000'000) {
  const auto events = spool.read(from, most);
  REQUIRE(events);
  std::vector<std::string> result;
  std::int64_t seq = from;
  for (const auto& event : *events) {
    CHECK(event.seq == seq++);  // no gap
    result.push_back(event.text);
  }
  return result;
}

inline int count_alarms(Spool& spool, const std::string& code, bool active) {
  int count = 0;
  for (const auto& text : texts(spool, spool.first_seq())) {
    const auto event = wire::decode_event(text);
    REQUIRE(event);
    const auto* alarm = std::get_if<wire::AlarmEvent>(&*event);
    count += alarm != nullptr && alarm->code == code && alarm->active == active;
  }
  return count;
}

}  // namespace anju::gateway::testing::spool
