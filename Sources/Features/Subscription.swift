/// Where following begins. Each feature adds its fields in an extension of its own.
struct Subscription: SubscriptionFields {}
