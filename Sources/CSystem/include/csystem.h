/// Calls of the operating system that Swift cannot make itself: variadic ones, ones behind
/// feature macros, and those that take C unions.
#ifndef MARQUEE_CSYSTEM_H
#define MARQUEE_CSYSTEM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/// Accepts a connection whose descriptor is non-blocking and closed on exec.
int csystem_accept(int listener, struct sockaddr_storage *peer, socklen_t *peer_length);

/// Sets or clears "close on exec". Returns 0, or -1 with errno.
int csystem_set_close_on_exec(int descriptor, int enabled);

/// Sets "non-blocking". Returns 0, or -1 with errno.
int csystem_set_nonblocking(int descriptor);

/// An anonymous file in memory of the given size. Returns its descriptor, or -1 with errno.
int csystem_memory_file(const char *name, size_t size);

/// Sends without raising SIGPIPE.
long csystem_send(int socket, const void *bytes, size_t count);

/// Sends two runs of bytes in one call, without raising SIGPIPE.
long csystem_send_pair(int socket, const void *first, size_t first_count, const void *second,
                       size_t second_count);

/// Fills `bytes` from the system's random generator. Returns 0, or -1 with errno.
int csystem_random(void *bytes, size_t count);

/// The process's resident memory in bytes, or 0.
uint64_t csystem_resident_bytes(void);

/// How many files this process has open, or 0.
uint64_t csystem_open_descriptors(void);

/// Makes this process one that is to run a program for `parent`: a session of its own, which the
/// terminal's Ctrl-C does not reach, the rights of `user` and `group` alone (0: those it has), and
/// `signal` as soon as `parent` is gone. Returns 0, or -1 with errno; ESRCH if it is gone already.
int csystem_guard(int parent, int signal, unsigned user, unsigned group);

/// How many columns the terminal behind `descriptor` has, or 0.
int csystem_terminal_columns(int descriptor);

/// The variables of the process, `NAME=value` each, ended by a null pointer.
char *const *csystem_environment(void);

#endif
