// Counts allocations. A program that links this has these functions in place of the C library's:
// its own calls and those of all shared libraries come here.

#include "CAllocations.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>

// The C library's own, under their other names.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

static atomic_bool counting;
static atomic_size_t count;
static atomic_llong held;
static atomic_llong peak;

void allocations_begin(void) {
    atomic_store(&count, 0);
    atomic_store(&held, 0);
    atomic_store(&peak, 0);
    atomic_store(&counting, true);
}

struct allocation_counts allocations_end(void) {
    atomic_store(&counting, false);
    return (struct allocation_counts){atomic_load(&count), (size_t)atomic_load(&peak)};
}

static bool is_counting(void) {
    return atomic_load_explicit(&counting, memory_order_relaxed);
}

static void *taken(void *block) {
    if (!is_counting() || block == NULL) return block;
    atomic_fetch_add(&count, 1);
    long long size = (long long)malloc_usable_size(block);
    long long now = atomic_fetch_add(&held, size) + size;
    if (now > atomic_load(&peak)) atomic_store(&peak, now);
    return block;
}

static void given_back(void *block) {
    if (!is_counting() || block == NULL) return;
    atomic_fetch_sub(&held, (long long)malloc_usable_size(block));
}

void *malloc(size_t size) { return taken(__libc_malloc(size)); }

void *calloc(size_t number, size_t size) { return taken(__libc_calloc(number, size)); }

void *realloc(void *block, size_t size) {
    given_back(block);
    return taken(__libc_realloc(block, size));
}

void *memalign(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
    void *made = memalign(alignment, size);
    if (made == NULL) return ENOMEM;
    *block = made;
    return 0;
}

void free(void *block) {
    given_back(block);
    __libc_free(block);
}
