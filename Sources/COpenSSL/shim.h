#define OPENSSL_NO_DEPRECATED
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

// In C, as parameters hold on to the texts they are made of: Swift's would be gone by then.
static inline int copenssl_hmac_sha256_init(
    EVP_MAC_CTX *context, const unsigned char *key, size_t length) {
    char digest[] = OSSL_DIGEST_NAME_SHA2_256;
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_init(context, key, length, parameters);
}
