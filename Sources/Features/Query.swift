/// Where reading begins. Each feature adds its fields in an extension of its own.
struct Query: QueryFields {}
