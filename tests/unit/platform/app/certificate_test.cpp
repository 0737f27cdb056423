#include "platform/app/certificate.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "platform/app/key_folder.hpp"
#include "tests/unit/platform/scratch_folder.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

// openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=pin -keyout /dev/null
// The pin: openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64
const std::string kPem =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBczCCARmgAwIBAgIUQai8RDBptC/ljlU/h7A2yOwQbecwCgYIKoZIzj0EAwIw\n"
    "DjEMMAoGA1UEAwwDcGluMCAXDTI2MTEyMjE1MDk0OFoYDzIxMjYxMDI5MTUwOTQ4\n"
    "WjAOMQwwCgYDVQQDDANwaW4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASvBtnW\n"
    "tdVVZ27mXr+YZLVPya7rX2SCsRyD5rgWVmgB29/p5WwsgAr+/64obgX3NGHbFs94\n"
    "j/cEZi+nYPC05RNxo1MwUTAdBgNVHQ4EFgQUJ1ZSTF2xoClxI/xGqj/xFKwdRHQw\n"
    "HwYDVR0jBBgwFoAUJ1ZSTF2xoClxI/xGqj/xFKwdRHQwDwYDVR0TAQH/BAUwAwEB\n"
    "/zAKBggqhkjOPQQDAgNIADBFAiB1kF+v6ZbjSu+ttwMXhpzalK6gYShSpDZX6ZH1\n"
    "ZN+XWQIhAOVRtw6KXJ1tyM62y6vhRnUOVL4hVyXrkyx7IzFCgN/M\n"
    "-----END CERTIFICATE-----\n";
const std::string kPin = "sha256//2jypPqRclVylUVChyEbdmfAZPdrxqUuRwZwCWZO8xKE=";

}  // namespace

TEST_CASE("certificate: the pin is what openssl and curl compute, also with text in front") {
  CHECK(certificate_pin(kPem) == kPin);
  const ScratchFolder folder;
  const std::string file = folder.path + "/a.pem";
  std::ofstream(file) << "Certificate:\n  Data:\n" << kPem;
  const PemFile read = read_certificates("ca_file", file);
  CHECK(read.problem == "");
  CHECK(read.text == kPem);
}

TEST_CASE("certificate: a file that is none, or that would give a key away, is a problem that names its key") {
  const ScratchFolder folder;
  const std::string file = folder.path + "/a.pem";
  CHECK(read_certificates("enrolment.ca_file", file).problem == "enrolment.ca_file = " + file + " cannot be read");
  std::ofstream(file) << "hello";
  CHECK(read_certificates("k", file).problem.find("holds no certificate") != std::string::npos);
  std::ofstream(file) << kPem << "-----BEGIN PRIVATE KEY-----\n";
  CHECK(read_certificates("k", file).problem.find("private key") != std::string::npos);
  CHECK(certificate_pin("").empty());
  CHECK(certificate_pin("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").empty());
}

TEST_CASE("key folder: a key is replaced whole, also beside what a crash left, and for the platform's user only") {
  const ScratchFolder folder;
  const KeyFolder keys(folder.path);
  const std::string one(64, '1'), two(64, '2');
  CHECK_FALSE(keys.read_text("gw"));
  CHECK(keys.replace("gw", one));
  CHECK(keys.read_text("gw") == one);
  std::ofstream(folder.path + "/gw.key.new") << "half";
  CHECK(keys.replace("gw", two));
  CHECK(keys.read_text("gw") == two);
  CHECK_FALSE(std::filesystem::exists(folder.path + "/gw.key.new"));
  CHECK(std::filesystem::status(folder.path + "/gw.key").permissions() == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  CHECK_FALSE(keys.write("gw", one));
  CHECK_FALSE(keys.replace("../gw", one));
  CHECK_FALSE(KeyFolder(folder.path + "/nowhere").replace("gw", one));
}

TEST_CASE("key folder: a removed key is gone, also where there was none, and nothing beside it") {
  const ScratchFolder folder;
  const KeyFolder keys(folder.path);
  CHECK(keys.write("gw", std::string(64, '1')));
  CHECK(keys.write("gw2", std::string(64, '2')));
  CHECK(keys.remove("gw"));
  CHECK_FALSE(keys.read_text("gw"));
  CHECK(keys.read_text("gw2"));
  CHECK(keys.remove("gw"));
  CHECK_FALSE(keys.remove("../gw2"));
  CHECK_FALSE(KeyFolder(folder.path + "/nowhere").remove("gw"));
}
