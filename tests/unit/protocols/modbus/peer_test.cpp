// libmodbus as the independent peer, so that the codec is not tested against itself only: its slave answers our requests, its master understands our
// replies, over a tty handed over with modbus_set_socket and over Modbus TCP.

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <initializer_list>
#include <memory>
#include <optional>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

#include <modbus.h>

#include "protocols/modbus/rtu.hpp"
#include "protocols/modbus/tcp.hpp"

using namespace anju::modbus;
using anju::base::Bytes;
using anju::base::ByteView;

namespace {

constexpr int kPatienceMs = 2000;  // for bytes that a peer has already sent or is about to send; reached only when a test fails
constexpr std::uint8_t kUnit = 17;

/// Two connected ends: a pty, or a pair of sockets.
struct Wire {
  int ours = -1, theirs = -1;
  Wire(int a, int b) : ours(a), theirs(b) {}
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  ~Wire() {
    ::close(ours);
    ::close(theirs);
  }

  void send(ByteView bytes) const { REQUIRE(::write(ours, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size())); }
  /// Bytes that come within so many milliseconds; empty: none.
  [[nodiscard]] Bytes receive(int patience_ms) const {
    pollfd waiting{ours, POLLIN, 0};
    if (::poll(&waiting, 1, patience_ms) != 1) return {};
    Bytes bytes(512);
    const auto count = ::read(ours, bytes.data(), bytes.size());
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }
};

std::unique_ptr<Wire> pty() {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
  REQUIRE(master >= 0);
  REQUIRE(::grantpt(master) == 0);
  REQUIRE(::unlockpt(master) == 0);
  const int slave = ::open(::ptsname(master), O_RDWR | O_NOCTTY);
  REQUIRE(slave >= 0);
  termios raw{};
  REQUIRE(::tcgetattr(slave, &raw) == 0);
  ::cfmakeraw(&raw);
  REQUIRE(::tcsetattr(slave, TCSANOW, &raw) == 0);
  return std::make_unique<Wire>(master, slave);
}

std::unique_ptr<Wire> sockets() {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  return std::make_unique<Wire>(ends[0], ends[1]);
}

/// A context on a descriptor of ours, as meters.md 4 says: never connected, never closed; recovery off.
struct Peer {
  modbus_t* context = nullptr;
  Peer(modbus_t* made, int descriptor) : context(made) {
    REQUIRE(context != nullptr);
    REQUIRE(modbus_set_slave(context, kUnit) == 0);
    REQUIRE(modbus_set_socket(context, descriptor) == 0);
    REQUIRE(modbus_set_error_recovery(context, MODBUS_ERROR_RECOVERY_NONE) == 0);
    REQUIRE(modbus_set_response_timeout(context, kPatienceMs / 1000, 0) == 0);
  }
  ~Peer() {
    modbus_set_socket(context, -1);
    modbus_free(context);
  }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
};

modbus_t* new_rtu() { return modbus_new_rtu("/dev/null", 9600, 'N', 8, 1); }
modbus_t* new_tcp() { return modbus_new_tcp("127.0.0.1", 1502); }

struct Mapping {
  modbus_mapping_t* registers = modbus_mapping_new(2100, 2100, 300, 300);
  Mapping() {
    REQUIRE(registers != nullptr);
    for (int i = 0; i < 2100; ++i) {
      registers->tab_bits[i] = i % 3 == 0 ? 1 : 0;
      registers->tab_input_bits[i] = i % 5 == 0 ? 1 : 0;
    }
    for (int i = 0; i < 300; ++i) {
      registers->tab_registers[i] = static_cast<std::uint16_t>(i * 257);
      registers->tab_input_registers[i] = static_cast<std::uint16_t>(0xFFFF - i);
    }
  }
  ~Mapping() { modbus_mapping_free(registers); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
};

/// What carries a frame: RTU or TCP, from our side.
struct RtuLink {
  static Bytes wire_of(const Frame& frame, std::uint16_t) { return rtu::encode(frame).value(); }
  static std::optional<Frame> reply_in(ByteView bytes, const Frame& request, std::uint16_t) {
    const auto found = rtu::find_reply(bytes, request);
    return found ? std::optional(found->frame) : std::nullopt;
  }
};
struct TcpLink {
  static Bytes wire_of(const Frame& frame, std::uint16_t transaction) { return tcp::encode({transaction, frame}).value(); }
  static std::optional<Frame> reply_in(ByteView bytes, const Frame& request, std::uint16_t transaction) {
    const auto found = tcp::find(bytes);
    if (!found) return std::nullopt;
    CHECK(tcp::answers({transaction, request}, found->message));
    return found->message.frame;
  }
};

/// libmodbus as slave: one question of ours, what it answers. The slave takes the request out of the wire's buffer, so no second thread is needed.
template <class Link>
struct Asker {
  Wire& wire;
  Peer& slave;
  Mapping& mapping;
  std::uint16_t transaction = 0x1500;

  Reply operator()(const Request& request) {
    const Frame frame = make_request(kUnit, request).value();
    wire.send(Link::wire_of(frame, ++transaction));
    std::array<std::uint8_t, MODBUS_MAX_ADU_LENGTH> received{};
    const int size = modbus_receive(slave.context, received.data());
    REQUIRE(size > 0);
    REQUIRE(modbus_reply(slave.context, received.data(), size, mapping.registers) > 0);
    Bytes answer;
    for (;;) {
      const Bytes more = wire.receive(kPatienceMs);
      REQUIRE_FALSE(more.empty());
      answer.insert(answer.end(), more.begin(), more.end());
      if (const auto reply = Link::reply_in(answer, frame, transaction)) return decode_reply(reply->pdu).value();
    }
  }
};

template <class Link>
void slave_answers(Wire& wire, modbus_t* made) {
  Peer slave(made, wire.theirs);
  Mapping mapping;
  modbus_mapping_t& memory = *mapping.registers;
  Asker<Link> ask{wire, slave, mapping};

  for (const auto& [function, table] : {std::pair{Function::read_holding_registers, memory.tab_registers}, {Function::read_input_registers, memory.tab_input_registers}}) {
    for (const std::uint16_t count : std::initializer_list<std::uint16_t>{1, 2, 3, 124, 125}) {
      const auto reply = std::get<RegistersReply>(ask(Read{function, 100, count}));
      CHECK(reply.function == function);
      CHECK(reply.values == std::vector<std::uint16_t>(table + 100, table + 100 + count));
    }
  }
  for (const auto& [function, table] : {std::pair{Function::read_coils, memory.tab_bits}, {Function::read_discrete_inputs, memory.tab_input_bits}}) {
    for (const std::uint16_t count : std::initializer_list<std::uint16_t>{1, 7, 8, 9, 37, 2000}) {
      const auto reply = std::get<BitsReply>(ask(Read{function, 19, count}));
      CHECK(reply.packed.size() == (count + 7U) / 8U);
      for (std::size_t i = 0; i < count; ++i) REQUIRE(reply.bit(i) == (table[19 + i] != 0));
    }
  }

  CHECK(std::get<WriteReply>(ask(WriteCoil{5, true})) == WriteReply{Function::write_coil, 5, 0xFF00});
  CHECK(memory.tab_bits[5] == 1);
  ask(WriteCoil{5, false});
  CHECK(memory.tab_bits[5] == 0);
  CHECK(std::get<WriteReply>(ask(WriteRegister{299, 0xBEEF})) == WriteReply{Function::write_register, 299, 0xBEEF});
  CHECK(memory.tab_registers[299] == 0xBEEF);
  std::vector<bool> coils(1968);
  for (std::size_t i = 0; i < coils.size(); ++i) coils[i] = i % 7 == 2;
  CHECK(std::get<WriteReply>(ask(WriteCoils{11, coils})) == WriteReply{Function::write_coils, 11, 1968});
  for (std::size_t i = 0; i < coils.size(); ++i) REQUIRE((memory.tab_bits[11 + i] != 0) == coils[i]);
  ask(WriteCoils{0, {true, false, true}});
  CHECK(memory.tab_bits[2] == 1);
  std::vector<std::uint16_t> values(123);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::uint16_t>(i * 521);
  CHECK(std::get<WriteReply>(ask(WriteRegisters{7, values})) == WriteReply{Function::write_registers, 7, 123});
  CHECK(std::vector<std::uint16_t>(memory.tab_registers + 7, memory.tab_registers + 130) == values);

  CHECK(std::get<ExceptionReply>(ask(Read{Function::read_holding_registers, 299, 2})) == ExceptionReply{Function::read_holding_registers, 0x02});
  CHECK(std::get<ExceptionReply>(ask(WriteRegister{300, 1})).error().is(Errc::illegal_data_address));
  CHECK(std::get<ExceptionReply>(ask(Read{Function::read_coils, 2100, 1})).error().is(Errc::illegal_data_address));
}

/// Our side as a device: a hundred of everything, register n holds n + base.
struct Device {
  std::vector<bool> bits = std::vector<bool>(100);
  std::vector<std::uint16_t> registers = std::vector<std::uint16_t>(100);

  [[nodiscard]] Reply answer(ByteView pdu) {
    const auto request = decode_request(pdu);
    const Function function = *function_of(anju::base::to_u8(pdu[0]));
    if (!request) return ExceptionReply{function, exception_of(request.error()).value_or(4)};
    return std::visit([&](const auto& one) { return carry_out(one); }, *request);
  }

  Reply carry_out(const Read& read) {
    if (read.address + read.count > 100) return ExceptionReply{read.function, 2};
    if (reads_registers(read.function)) {
      const auto first = registers.begin() + read.address;
      return RegistersReply{read.function, std::vector<std::uint16_t>(first, first + read.count)};
    }
    BitsReply reply{read.function, Bytes((read.count + 7U) / 8U)};
    for (std::size_t i = 0; i < read.count; ++i) {
      if (bits[read.address + i]) reply.packed[i / 8] |= static_cast<std::byte>(1U << (i % 8));
    }
    return reply;
  }
  Reply carry_out(const WriteCoil& write) {
    bits.at(write.address) = write.on;
    return WriteReply{Function::write_coil, write.address, static_cast<std::uint16_t>(write.on ? 0xFF00 : 0)};
  }
  Reply carry_out(const WriteRegister& write) {
    if (write.value == 0xDEAD) return ExceptionReply{Function::write_register, 6};
    registers.at(write.address) = write.value;
    return WriteReply{Function::write_register, write.address, write.value};
  }
  Reply carry_out(const WriteCoils& write) {
    std::copy(write.on.begin(), write.on.end(), bits.begin() + write.address);
    return WriteReply{Function::write_coils, write.address, static_cast<std::uint16_t>(write.on.size())};
  }
  Reply carry_out(const WriteRegisters& write) {
    std::copy(write.values.begin(), write.values.end(), registers.begin() + write.address);
    return WriteReply{Function::write_registers, write.address, static_cast<std::uint16_t>(write.values.size())};
  }
};

Bytes answered_rtu(Device& device, Bytes& received) {
  const auto found = rtu::find_request(received);
  if (!found) return {};
  received.clear();
  return rtu::encode(make_reply(found->frame.unit, device.answer(found->frame.pdu)).value()).value();
}
Bytes answered_tcp(Device& device, Bytes& received) {
  const auto found = tcp::find(received);
  if (!found) return {};
  received.clear();
  return tcp::encode({found->message.transaction, make_reply(found->message.frame.unit, device.answer(found->message.frame.pdu)).value()}).value();
}

/// libmodbus as master, which blocks for the answer: our device lives on a second thread for as long as it is asked.
template <class Answer>
void master_understands(Wire& wire, modbus_t* made, const Answer& answered) {
  Device device;
  for (std::size_t i = 0; i < 100; ++i) {
    device.bits[i] = i % 3 == 1;
    device.registers[i] = static_cast<std::uint16_t>(0xA500 + i);
  }
  std::jthread ours([&](const std::stop_token& stop) {
    Bytes received;
    while (!stop.stop_requested()) {
      const Bytes more = wire.receive(20);
      received.insert(received.end(), more.begin(), more.end());
      const Bytes answer = answered(device, received);
      if (!answer.empty()) [[maybe_unused]] const auto count = ::write(wire.ours, answer.data(), answer.size());
    }
  });
  Peer master(made, wire.theirs);
  modbus_t* context = master.context;

  std::array<std::uint16_t, 100> registers{};
  CHECK(modbus_read_registers(context, 10, 90, registers.data()) == 90);
  for (std::size_t i = 0; i < 90; ++i) REQUIRE(registers[i] == 0xA50A + i);
  CHECK(modbus_read_input_registers(context, 0, 1, registers.data()) == 1);
  CHECK(registers[0] == 0xA500);
  std::array<std::uint8_t, 100> bits{};
  CHECK(modbus_read_bits(context, 0, 100, bits.data()) == 100);
  for (std::size_t i = 0; i < 100; ++i) REQUIRE((bits[i] != 0) == (i % 3 == 1));
  CHECK(modbus_read_input_bits(context, 91, 9, bits.data()) == 9);
  CHECK(bits[0] == 1);

  CHECK(modbus_write_bit(context, 3, 1) == 1);
  CHECK(modbus_read_bits(context, 3, 1, bits.data()) == 1);
  CHECK(bits[0] == 1);
  CHECK(modbus_write_register(context, 20, 0x1234) == 1);
  CHECK(modbus_read_registers(context, 20, 1, registers.data()) == 1);
  CHECK(registers[0] == 0x1234);
  const std::array<std::uint8_t, 11> coils{1, 0, 0, 1, 1, 1, 0, 1, 0, 1, 1};
  CHECK(modbus_write_bits(context, 40, 11, coils.data()) == 11);
  CHECK(modbus_read_bits(context, 40, 11, bits.data()) == 11);
  CHECK(std::equal(coils.begin(), coils.end(), bits.begin()));
  const std::array<std::uint16_t, 3> words{0xFFFF, 0, 0x8001};
  CHECK(modbus_write_registers(context, 50, 3, words.data()) == 3);
  CHECK(modbus_read_registers(context, 50, 3, registers.data()) == 3);
  CHECK(std::equal(words.begin(), words.end(), registers.begin()));

  CHECK(modbus_read_registers(context, 99, 2, registers.data()) == -1);
  CHECK(errno == EMBXILADD);
  CHECK(modbus_write_register(context, 20, 0xDEAD) == -1);
  CHECK(errno == EMBXSBUSY);
}

}  // namespace

TEST_CASE("peer: the slave of libmodbus answers our RTU requests on a tty it was handed") {
  const auto wire = pty();
  slave_answers<RtuLink>(*wire, new_rtu());
  CHECK(::fcntl(wire->theirs, F_GETFD) >= 0);  // modbus_free closes nothing
}

TEST_CASE("peer: the slave of libmodbus answers our Modbus TCP requests") {
  const auto wire = sockets();
  slave_answers<TcpLink>(*wire, new_tcp());
}

TEST_CASE("peer: the slave of libmodbus obeys our broadcast and says nothing; another unit's request it leaves alone") {
  const auto wire = pty();
  Peer slave(new_rtu(), wire->theirs);
  Mapping mapping;
  wire->send(rtu::encode(make_request(kBroadcast, WriteRegister{1, 4711}).value()).value());
  std::array<std::uint8_t, MODBUS_MAX_ADU_LENGTH> received{};
  const int size = modbus_receive(slave.context, received.data());
  REQUIRE(size > 0);
  modbus_reply(slave.context, received.data(), size, mapping.registers);
  CHECK(mapping.registers->tab_registers[1] == 4711);
  CHECK(wire->receive(0).empty());
  wire->send(rtu::encode(make_request(kUnit + 1, WriteRegister{1, 1}).value()).value());
  CHECK(modbus_receive(slave.context, received.data()) == 0);  // not its own, by its own judgement
}

TEST_CASE("peer: the slave of libmodbus refuses what we refuse: a bad CRC") {
  const auto wire = pty();
  Peer slave(new_rtu(), wire->theirs);
  Bytes bytes = rtu::encode(make_request(kUnit, Read{}).value()).value();
  bytes.back() ^= std::byte{1};
  wire->send(bytes);
  std::array<std::uint8_t, MODBUS_MAX_ADU_LENGTH> received{};
  CHECK(modbus_receive(slave.context, received.data()) == -1);
  CHECK(errno == EMBBADCRC);
  CHECK(rtu::find_request_at_end(bytes).error().is(Errc::checksum));
}

TEST_CASE("peer: the master of libmodbus understands our RTU replies") {
  const auto wire = pty();
  master_understands(*wire, new_rtu(), answered_rtu);
}

TEST_CASE("peer: the master of libmodbus understands our Modbus TCP replies") {
  const auto wire = sockets();
  master_understands(*wire, new_tcp(), answered_tcp);
}
