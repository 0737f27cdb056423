#pragma once

// Where work runs, as functions, so that tests run everything at once in one thread and the server on its threads.

#include <functional>

namespace anju::platform {

using Task = std::function<void()>;

/// Hands a task to somebody else. False: as many as allowed are waiting; the task was dropped.
using Executor = std::function<bool(Task)>;

struct Executors {
  Executor loop;       ///< the HTTP thread, which owns sessions, lock-outs and connections; never refuses
  Executor reads;      ///< blocking queries, a few at a time
  Executor store;      ///< users, sessions, audit: one thread, in order
  Executor passwords;  ///< argon2id: one thread, so that a flood of logins costs one core and 19 MiB
};

}  // namespace anju::platform
