// What a reading costs on the platform's hot path: open the envelope, decode the batch. Prints one line per case.
// Usage: bench_wire [--json FILE]. Rows: {"bench":"wire","case","metric","value","unit"}.

#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "protocols/wire/envelope.hpp"
#include "protocols/wire/up.hpp"

using namespace anju;

namespace {

constexpr const char* kTopic = "anju/v1/garden/gw-1/up";
constexpr const char* kSecret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

std::string batch_of(int readings, bool tariffs) {
  wire::ReadingsEvent event;
  for (int i = 0; i < readings; ++i) {
    wire::Reading reading{base::DeviceId("meter-" + std::to_string(1000 + i)),
                          base::UtcMillis(1'763'687'758'000 + i),
                          wire::ReadingKind::interval,
                          base::Quantity(15'230'000 + i),
                          {}};
    if (tariffs)
      reading.tariffs = {base::Quantity(100'000), base::Quantity(9'876'500), base::Quantity(1), base::Quantity(0)};
    event.readings.push_back(std::move(reading));
  }
  return wire::encode(wire::UpBatch{"e-0123456789abcdef", 4711, {event}});
}

/// Nanoseconds per call: the best of five runs of about 100 ms, since the machine may be busy with something else.
template <class Work>
double nanoseconds(Work&& work) {
  using Clock = std::chrono::steady_clock;
  double best = 1e18;
  for (int run = 0; run < 5; ++run) {
    const auto begin = Clock::now();
    std::int64_t calls = 0;
    double spent = 0;
    while (spent < 1e8) {
      for (int i = 0; i < 10; ++i) work();
      calls += 10;
      spent = std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
    }
    best = std::min(best, spent / static_cast<double>(calls));
  }
  return best;
}

struct Row {
  std::string name, metric;
  double value;
};

}  // namespace

int main(int argc, char** argv) {
  const auto keys = wire::derive_keys(kSecret);
  if (!keys) return 1;
  std::vector<Row> rows;
  std::size_t failures = 0;
  for (const bool tariffs : {false, true}) {
    for (const int readings : {1, 200}) {
      const std::string body = batch_of(readings, tariffs);
      const std::string payload = wire::seal(keys->up, kTopic, body);
      const std::string name = std::to_string(readings) + (tariffs ? " with tariffs" : "");
      const auto add = [&](const char* metric, double ns) { rows.push_back({name, metric, ns / readings}); };
      add("open_ns_per_reading", nanoseconds([&] { failures += !wire::open(keys->up, kTopic, payload); }));
      add("decode_ns_per_reading", nanoseconds([&] { failures += !wire::decode_up(body); }));
      const auto batch = wire::decode_up(body);
      if (!batch) return 1;
      add("encode_ns_per_reading", nanoseconds([&] { failures += wire::encode(*batch).empty(); }));
    }
  }
  for (const Row& row : rows) std::printf("%-20s %-24s %8.0f ns\n", row.name.c_str(), row.metric.c_str(), row.value);
  if (argc == 3 && std::strcmp(argv[1], "--json") == 0) {
    std::ofstream file(argv[2]);
    file << "[";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      file << (i ? "," : "") << R"({"bench":"wire","case":")" << rows[i].name << R"(","metric":")" << rows[i].metric
           << R"(","value":)" << rows[i].value << R"(,"unit":"ns"})";
    }
    file << "]\n";
  }
  return failures == 0 ? 0 : 1;
}
