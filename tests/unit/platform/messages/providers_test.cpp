// Webhook and SMTP against real servers on loopback: what is said on the wire, and what each answer means.

#include <doctest/doctest.h>

#include <functional>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>

#include "platform/messages/mail.hpp"
#include "platform/messages/smtp.hpp"
#include "platform/messages/webhook.hpp"

using namespace anju;
using namespace anju::platform;
using boost::asio::ip::tcp;

namespace {

/// Serves one connection on a thread of its own.
class Listener {
 public:
  using Talk = std::function<void(tcp::socket&)>;
  explicit Listener(Talk talk) : acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}) {
    port_ = acceptor_.local_endpoint().port();
    thread_ = std::thread([this, talk = std::move(talk)] {
      boost::system::error_code failed;
      tcp::socket socket(io_);
      acceptor_.accept(socket, failed);
      if (failed) return;
      try {
        talk(socket);
      } catch (const boost::system::system_error&) {
        // The other side went away; the test sees what came until then.
      }
    });
  }
  ~Listener() { join(); }
  void join() {
    if (!thread_.joinable()) return;
    if (!std::exchange(joined_, true)) {
      // Nobody came: a connection of our own ends the wait.
      boost::system::error_code ignored;
      tcp::socket poke(io_);
      poke.connect({boost::asio::ip::address_v4::loopback(), port_}, ignored);
    }
    thread_.join();
  }
  [[nodiscard]] std::string at(const std::string& scheme) const { return scheme + "://127.0.0.1:" + std::to_string(port_); }

 private:
  boost::asio::io_context io_;
  tcp::acceptor acceptor_;
  unsigned short port_ = 0;
  bool joined_ = false;
  std::thread thread_;
};

struct Lines {
  explicit Lines(tcp::socket& socket) : socket_(socket) {}
  std::string line() {
    boost::asio::read_until(socket_, buffer_, "\r\n");
    std::istream in(&buffer_);
    std::string text;
    std::getline(in, text);
    if (!text.empty() && text.back() == '\r') text.pop_back();
    return text;
  }
  std::string bytes(std::size_t count) {
    if (buffer_.size() < count) boost::asio::read(socket_, buffer_, boost::asio::transfer_exactly(count - buffer_.size()));
    std::string text(count, '\0');
    std::istream(&buffer_).read(text.data(), static_cast<std::streamsize>(count));
    return text;
  }
  void say(const std::string& text) { boost::asio::write(socket_, boost::asio::buffer(text)); }
  tcp::socket& socket_;
  boost::asio::streambuf buffer_;
};

struct Post {
  std::string request, body;
  std::vector<std::string> headers;
  [[nodiscard]] std::string header(const std::string& name) const {
    for (const std::string& line : headers)
      if (line.starts_with(name + ": ")) return line.substr(name.size() + 2);
    return {};
  }
};

Listener::Talk http(const std::string& answer, Post& heard) {
  return [&heard, answer](tcp::socket& socket) {
    Lines lines(socket);
    heard.request = lines.line();
    std::size_t length = 0;
    for (std::string line = lines.line(); !line.empty(); line = lines.line()) {
      if (line.starts_with("Content-Length: ")) length = std::stoul(line.substr(16));
      heard.headers.push_back(line);
    }
    heard.body = lines.bytes(length);
    lines.say(answer);
  };
}

std::string status(const std::string& words) { return "HTTP/1.1 " + words + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"; }

Outgoing outgoing(Channel channel) {
  Outgoing one;
  one.id = 17;
  one.key = "17-2";
  one.channel = channel;
  one.address = channel == Channel::sms ? "13800000001" : "luo@example.com";
  one.kind = MessageKind::low_balance_1;
  one.values.meter = "101";
  one.values.threshold = base::Money(20'000'000);
  one.values.balance = base::Money(9'512'345);
  return one;
}

MessageText text_for(const Outgoing& message) { return text_of(message.kind, message.values, message.count, message.language); }

/// What is said to each line; a mail server that takes everything but what `refusals` says. {} : a line that begins so.
struct Dialogue {
  std::vector<std::string> heard;
  std::string mail;
  std::vector<std::pair<std::string, std::string>> refusals;
  bool auth = false, starttls = false;

  void operator()(tcp::socket& socket) {
    Lines lines(socket);
    lines.say("220 mail.example ESMTP\r\n");
    for (;;) {
      const std::string line = lines.line();
      heard.push_back(line);
      std::string answer = "250 ok\r\n";
      if (line.starts_with("EHLO")) answer = std::string("250-mail.example\r\n") + (auth ? "250-AUTH PLAIN\r\n" : "") + (starttls ? "250-STARTTLS\r\n" : "") + "250 8BITMIME\r\n";
      if (line.starts_with("AUTH")) answer = "235 welcome\r\n";
      if (line == "DATA") answer = "354 go on\r\n";
      for (const auto& [begin, refusal] : refusals)
        if (line.starts_with(begin)) answer = refusal + "\r\n";
      lines.say(answer);
      if (line == "QUIT") return;
      if (line == "DATA" && answer.starts_with("354")) {
        for (std::string part = lines.line(); part != "."; part = lines.line()) mail += part + "\n";
        std::string taken = "250 queued\r\n";
        for (const auto& [begin, refusal] : refusals)
          if (begin == ".") taken = refusal + "\r\n";
        lines.say(taken);
      }
    }
  }
};

base::UtcMillis at_noon() { return base::UtcMillis(1'795'348'800'000); }

/// Without TLS, as a server on the same machine.
SmtpSettings in_the_clear(std::string user = {}, std::string password = {}) {
  SmtpSettings settings;
  settings.user = std::move(user);
  settings.password = std::move(password);
  settings.tls = false;
  return settings;
}

Carried mail_through(Dialogue& dialogue, SmtpSettings settings) {
  Listener server(std::ref(dialogue));
  settings.url = server.at("smtp");
  settings.from = "anju@example.com";
  auto provider = create_smtp(std::move(settings), at_noon);
  const Outgoing message = outgoing(Channel::mail);
  const Carried how = provider->send(message, text_for(message));
  provider.reset();  // which says good-bye to the server
  server.join();
  return how;
}

}  // namespace

TEST_CASE("webhook: al-low-balance: posts id, number, text, template and values, signed with the secret") {
  Post post;
  Listener server(http(status("202 Accepted"), post));
  const auto provider = create_webhook({server.at("http") + "/send", "a secret of ours", {}});
  const Outgoing message = outgoing(Channel::sms);
  const Carried how = provider->send(message, text_for(message));
  server.join();
  CHECK(how.end == Carried::End::accepted);
  CHECK(post.request == "POST /send HTTP/1.1");
  CHECK(post.header("Content-Type") == "application/json");
  CHECK(post.header("X-Anju-Signature") == "sha256=" + webhook_signature("a secret of ours", post.body));
  const auto body = boost::json::parse(post.body);
  CHECK(body.at("id").as_string() == "17-2");
  CHECK(body.at("to").as_string() == "13800000001");
  CHECK(body.at("text").as_string() == "您的余额已经不足20元，请及时充值。电表101，当前余额9.51元。");
  CHECK(body.at("template").as_string() == "low_balance_1");
  CHECK(body.at("values").at("balance").as_string() == "9.512345");
  CHECK(body.at("values").at("threshold").as_string() == "20.00");
}

TEST_CASE("webhook: the signature is HMAC-SHA256") {
  // RFC 4231, test case 2.
  CHECK(webhook_signature("Jefe", "what do ya want for nothing?") == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("webhook: 2xx is sent, 4xx that the message is at fault for refused for good, everything else is tried again") {
  using End = Carried::End;
  struct Case {
    const char* answer;
    End end;
    const char* reason;
  };
  for (const Case& one : {Case{"200 OK", End::accepted, "http_200"}, Case{"422 Unprocessable", End::refused, "http_422"}, Case{"410 Gone", End::refused, "http_410"}, Case{"404 Not Found", End::again, "http_404"}, Case{"401 Who", End::again, "http_401"},
                          Case{"408 Timeout", End::again, "http_408"}, Case{"429 Slow down", End::again, "http_429"}, Case{"500 Oops", End::again, "http_500"},
                          Case{"503 Busy", End::again, "http_503"}, Case{"302 Elsewhere", End::again, "http_302"}}) {
    CAPTURE(one.answer);
    Post post;
    Listener server(http(status(one.answer), post));
    const Outgoing message = outgoing(Channel::sms);
    const Carried how = create_webhook({server.at("http"), "s", {}})->send(message, text_for(message));
    CHECK(how.end == one.end);
    CHECK(how.reason == one.reason);
  }
}

TEST_CASE("webhook: nobody there, a connection that breaks off, an endless answer: no secret and no number in the reason") {
  const Outgoing message = outgoing(Channel::sms);
  std::string nobody;
  {
    Listener gone([](tcp::socket&) {});
    nobody = gone.at("http");
  }
  const Carried unreachable = create_webhook({nobody, "s", {}})->send(message, text_for(message));
  CHECK(unreachable.end == Carried::End::again);
  CHECK(unreachable.reason == "unreachable");

  Listener breaks([](tcp::socket& socket) { Lines(socket).line(); });
  const Carried broken = create_webhook({breaks.at("http"), "s", {}})->send(message, text_for(message));
  CHECK(broken.end == Carried::End::again);
  CHECK(broken.reason == "connection");

  Post post;
  Listener endless(http("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(200'000, 'x'), post));
  CHECK(create_webhook({endless.at("http"), "s", {}})->send(message, text_for(message)).end == Carried::End::accepted);
  // Another protocol than the two is not spoken, whatever the url says.
  CHECK(create_webhook({"file:///etc/hostname", "s", {}})->send(message, text_for(message)).end == Carried::End::again);
}

TEST_CASE("webhook: stop() ends what is under way") {
  std::promise<void> heard, may_end;
  Listener silent([&](tcp::socket& socket) {
    Lines(socket).line();
    heard.set_value();
    may_end.get_future().wait();
  });
  const auto provider = create_webhook({silent.at("http"), "s", {}});
  const Outgoing message = outgoing(Channel::sms);
  auto how = std::async(std::launch::async, [&] { return provider->send(message, text_for(message)); });
  heard.get_future().wait();
  provider->stop();
  CHECK(how.get().reason == "stopping");
  may_end.set_value();
}

TEST_CASE("smtp: a mail reaches the server whole, with its Message-ID, readable in its language") {
  Dialogue dialogue;
  const Carried how = mail_through(dialogue, in_the_clear());
  CHECK(how.end == Carried::End::accepted);
  const auto said = [&](const std::string& begin) {
    return std::any_of(dialogue.heard.begin(), dialogue.heard.end(), [&](const std::string& line) { return line.starts_with(begin); });
  };
  CHECK(said("MAIL FROM:<anju@example.com>"));
  CHECK(said("RCPT TO:<luo@example.com>"));
  CHECK(dialogue.mail.find("Date: Sun, 22 Nov 2026 12:00:00 +0000\n") == 0);
  CHECK(dialogue.mail.find("To: <luo@example.com>\n") != std::string::npos);
  CHECK(dialogue.mail.find("Subject: =?UTF-8?B?5L2Z6aKd5o+Q6YaS?=\n") != std::string::npos);  // 余额提醒
  CHECK(dialogue.mail.find("Message-ID: <17-2.anju@example.com>\n") != std::string::npos);
  CHECK(dialogue.mail.find("\n\n5oKo55qE5L2Z6aKd5bey57uP5LiN6Laz") != std::string::npos);  // 您的余额已经不足…
}

TEST_CASE("smtp: 5xx is refused for good, 4xx is tried again, and so is what says nothing about the mail") {
  using End = Carried::End;
  struct Case {
    const char* line;
    const char* answer;
    End end;
    const char* reason;
  };
  for (const Case& one : {Case{"RCPT", "550 no such user", End::refused, "smtp_550"}, Case{"RCPT", "451 later", End::again, "smtp_451"},
                          Case{"MAIL", "552 too much", End::refused, "smtp_552"}, Case{".", "554 spam", End::refused, "smtp_554"},
                          Case{".", "452 full", End::again, "smtp_452"}}) {
    CAPTURE(one.answer);
    Dialogue dialogue;
    dialogue.refusals = {{one.line, one.answer}};
    const Carried how = mail_through(dialogue, in_the_clear());
    CHECK(how.end == one.end);
    CHECK(how.reason == one.reason);
  }
  Dialogue wrong_password;
  wrong_password.auth = true;
  wrong_password.refusals = {{"AUTH", "535 no"}};
  const Carried how = mail_through(wrong_password, in_the_clear("anju", "secret"));
  CHECK(how.end == End::again);
  CHECK(how.reason == "login");
}

TEST_CASE("smtp: without STARTTLS nothing is said that matters, unless the configuration allows it") {
  Dialogue dialogue;
  dialogue.auth = true;
  SmtpSettings settings = in_the_clear("anju", "secret");
  settings.tls = true;
  const Carried how = mail_through(dialogue, std::move(settings));
  CHECK(how.end == Carried::End::again);
  CHECK(how.reason == "tls");
  for (const std::string& line : dialogue.heard) CHECK((line.starts_with("EHLO") || line == "QUIT"));
}

TEST_CASE("mail: a long subject becomes several encoded words, cut between characters") {
  Outgoing message = outgoing(Channel::mail);
  const std::string mail = mail_of(message, {"停水停水停水停水停水停水停水停水停水停水", "x"}, "a@b.c", at_noon());
  const auto begin = mail.find("Subject: "), end = mail.find("\r\nMessage-ID");
  const std::string subject = mail.substr(begin, end - begin);
  CHECK(subject == "Subject: =?UTF-8?B?5YGc5rC05YGc5rC05YGc5rC05YGc5rC05YGc5rC05YGc5rC05YGc5rC0?=\r\n =?UTF-8?B?5YGc5rC05YGc5rC05YGc5rC0?=");
}
