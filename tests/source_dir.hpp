#pragma once

#include <string>

namespace anju::test {

/// Where the checkout lies that the tests were built from, without a slash at its end: for files of the repository that tests read. A function and
/// no macro, so that one compiled object of a test serves every checkout.
std::string source_dir();

}  // namespace anju::test
