#define _GNU_SOURCE
#include "csystem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <unistd.h>

int csystem_accept(int listener, struct sockaddr_storage *peer, socklen_t *peer_length) {
    *peer_length = sizeof *peer;
    return accept4(listener, (struct sockaddr *)peer, peer_length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int csystem_set_close_on_exec(int descriptor, int enabled) {
    return fcntl(descriptor, F_SETFD, enabled ? FD_CLOEXEC : 0);
}

int csystem_set_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

int csystem_memory_file(const char *name, size_t size) {
    int descriptor = memfd_create(name, MFD_CLOEXEC);
    if (descriptor >= 0 && ftruncate(descriptor, (off_t)size) != 0) {
        int reason = errno;
        close(descriptor);
        errno = reason;
        return -1;
    }
    return descriptor;
}

long csystem_send(int socket, const void *bytes, size_t count) {
    return send(socket, bytes, count, MSG_NOSIGNAL);
}

long csystem_send_pair(int socket, const void *first, size_t first_count, const void *second,
                       size_t second_count) {
    struct iovec parts[2] = {{(void *)first, first_count}, {(void *)second, second_count}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}

int csystem_random(void *bytes, size_t count) {
    size_t filled = 0;
    while (filled < count) {
        ssize_t got = getrandom((char *)bytes + filled, count - filled, 0);
        if (got < 0 && errno != EINTR) return -1;
        if (got > 0) filled += (size_t)got;
    }
    return 0;
}

uint64_t csystem_resident_bytes(void) {
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file) return 0;
    unsigned long long size = 0, resident = 0;
    int fields = fscanf(file, "%llu %llu", &size, &resident);
    fclose(file);
    return fields == 2 ? resident * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

uint64_t csystem_open_descriptors(void) {
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) return 0;
    uint64_t entries = 0;
    while (readdir(folder)) entries++;
    closedir(folder);
    return entries >= 3 ? entries - 3 : 0;
}

int csystem_guard(int parent, int signal, unsigned user, unsigned group) {
    // Fails where the process leads a group already, which serves as well.
    setsid();
    if (user != 0 && (setgroups(0, NULL) != 0 || setgid(group) != 0 || setuid(user) != 0)) {
        return -1;
    }
    // A change of rights would take it back, so it comes after.
    if (prctl(PR_SET_PDEATHSIG, signal) != 0) return -1;
    if (getppid() != parent) {
        errno = ESRCH;
        return -1;
    }
    return 0;
}

int csystem_terminal_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

char *const *csystem_environment(void) { return environ; }
