/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-limiter"

#include "server-rate-limiter.h"

#include "server-state.h"

#define MINUTE 60.0
#define BURST_WINDOW 10.0

typedef struct
{
  GArray *sent;         /* double: when, of the last minute */
  double cooldown_end;
  double timeout_end;
} Budget;

struct _TsRateLimiter
{
  guint per_minute;
  guint burst;
  double cooldown;
  GHashTable *budgets;
};

static void
budget_free (Budget *budget)
{
  g_array_unref (budget->sent);
  g_free (budget);
}

TsRateLimiter *
ts_rate_limiter_new (void)
{
  TsRateLimiter *self = g_new0 (TsRateLimiter, 1);

  self->budgets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) budget_free);
  ts_rate_limiter_set_limits (self, 60, 10, 30);
  return self;
}

void
ts_rate_limiter_free (TsRateLimiter *self)
{
  g_hash_table_unref (self->budgets);
  g_free (self);
}

void
ts_rate_limiter_set_limits (TsRateLimiter *self,
                            guint          per_minute,
                            guint          burst,
                            double         cooldown)
{
  self->per_minute = per_minute;
  self->burst = burst;
  self->cooldown = cooldown;
}

static Budget *
get_budget (TsRateLimiter *self,
            const char    *user)
{
  Budget *budget = g_hash_table_lookup (self->budgets, user);

  if (budget == NULL)
    {
      budget = g_new0 (Budget, 1);
      budget->sent = g_array_new (FALSE, FALSE, sizeof (double));
      g_hash_table_insert (self->budgets, g_strdup (user), budget);
    }

  return budget;
}

static guint
count_since (Budget *budget,
             double  start)
{
  guint n = 0;

  for (guint i = 0; i < budget->sent->len; i++)
    n += g_array_index (budget->sent, double, i) > start;

  return n;
}

static void
forget_old (Budget *budget,
            double  now)
{
  while (budget->sent->len > 0 && g_array_index (budget->sent, double, 0) <= now - MINUTE)
    g_array_remove_index (budget->sent, 0);
}

/**
 * ts_rate_limiter_take:
 * @reason: (out): why not
 * @wait_ms: (out): how long to wait, in ms
 *
 * Returns: whether @user may send now; then it is counted
 */
gboolean
ts_rate_limiter_take (TsRateLimiter *self,
                      const char    *user,
                      char         **reason,
                      gint64        *wait_ms)
{
  Budget *budget = get_budget (self, user);
  double now = ts_now ();
  double wait;

  forget_old (budget, now);

  if (budget->timeout_end > now)
    {
      wait = budget->timeout_end - now;
      *reason = g_strdup_printf ("You are in timeout for %.1f more seconds", wait);
    }
  else if (budget->cooldown_end > now)
    {
      wait = budget->cooldown_end - now;
      *reason = g_strdup_printf ("You are in cooldown for %.1f more seconds", wait);
    }
  else if (budget->sent->len >= self->per_minute)
    {
      wait = MINUTE - (now - g_array_index (budget->sent, double, 0));
      *reason = g_strdup_printf ("Rate limit exceeded. Wait %.1f seconds", wait);
    }
  else if (count_since (budget, now - BURST_WINDOW) >= self->burst)
    {
      wait = self->cooldown;
      budget->cooldown_end = now + wait;
      *reason = g_strdup_printf ("Burst limit exceeded. You're in cooldown for %g seconds", wait);
    }
  else
    {
      g_array_append_val (budget->sent, now);
      return TRUE;
    }

  *wait_ms = wait * 1000;
  return FALSE;
}

/* A moderator's time-out; empties the counters */
void
ts_rate_limiter_set_timeout (TsRateLimiter *self,
                             const char    *user,
                             double         seconds)
{
  Budget *budget = get_budget (self, user);

  g_array_set_size (budget->sent, 0);
  budget->cooldown_end = 0;
  budget->timeout_end = ts_now () + seconds;
}

/* Ends cool-downs, not time-outs */
void
ts_rate_limiter_reset (TsRateLimiter *self,
                       const char    *user)
{
  Budget *budget = get_budget (self, user);

  g_array_set_size (budget->sent, 0);
  budget->cooldown_end = 0;
}

JsonObject *
ts_rate_limiter_status (TsRateLimiter *self,
                        const char    *user)
{
  Budget *budget = get_budget (self, user);
  double now = ts_now ();

  forget_old (budget, now);
  return ts_object ("messages_this_minute", ts_int (budget->sent->len),
                    "messages_per_minute_limit", ts_int (self->per_minute),
                    "recent_messages", ts_int (count_since (budget, now - BURST_WINDOW)),
                    "burst_limit", ts_int (self->burst),
                    "cooldown_remaining",
                    budget->cooldown_end > now ? ts_float (budget->cooldown_end - now) : ts_int (0),
                    NULL);
}
