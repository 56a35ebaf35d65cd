package io.homeostat.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One thing that must be so for a rule to fire, about a place: a fact's field by a name that is
/// the same however the field is written.
///
/// A text is a `String`, a number a `BigDecimal`; true, false and constants are themselves.
sealed interface Claim {
    Token at();

    /// The same about other facts.
    Claim renamed(UnaryOperator<String> names);

    /// It equals a value, which may be null; or it does not.
    record Is(String place, @Nullable Object value, boolean holds, Token at) implements Claim {
        @Override
        public Claim renamed(UnaryOperator<String> names) {
            return new Is(names.apply(place), value, holds, at);
        }
    }

    /// It is one of some values, or none of them.
    record OneOf(String place, Set<Object> values, boolean holds, Token at) implements Claim {
        @Override
        public Claim renamed(UnaryOperator<String> names) {
            return new OneOf(names.apply(place), values, holds, at);
        }
    }

    /// It is less or more than a number.
    record Limit(String place, Order order, BigDecimal number, Token at) implements Claim {
        @Override
        public Claim renamed(UnaryOperator<String> names) {
            return new Limit(names.apply(place), order, number, at);
        }
    }

    /// It passes a test that can be made of any value.
    record Fits(String place, Predicate<Object> test, boolean isNullable, Token at)
            implements Claim {
        @Override
        public Claim renamed(UnaryOperator<String> names) {
            return new Fits(names.apply(place), test, isNullable, at);
        }
    }

    /// Two places compare so.
    record Related(String place, Order order, String other, Token at) implements Claim {
        @Override
        public Claim renamed(UnaryOperator<String> names) {
            return new Related(names.apply(place), order, names.apply(other), at);
        }
    }

    /// The check does not reckon with it.
    record Undecided(Token at) implements Claim {
        @Override
        public Claim renamed(UnaryOperator<String> names) {
            return this;
        }
    }

    /// How two values compare.
    enum Order {
        LESS("<"),
        LESS_OR_SAME("<="),
        SAME("=="),
        MORE_OR_SAME(">="),
        MORE(">"),
        OTHER("!=");

        private final String sign;

        Order(String sign) {
            this.sign = sign;
        }

        /// What a comparison may give: less than 0, 0, more than 0.
        List<Integer> results() {
            return switch (this) {
                case LESS -> List.of(-1);
                case LESS_OR_SAME -> List.of(-1, 0);
                case SAME -> List.of(0);
                case MORE_OR_SAME -> List.of(0, 1);
                case MORE -> List.of(1);
                case OTHER -> List.of(-1, 1);
            };
        }

        static @Nullable Order of(String sign) {
            for (Order order : values()) {
                if (order.sign.equals(sign)) {
                    return order;
                }
            }
            return null;
        }

        /// What holds when this does not.
        Order opposite() {
            return switch (this) {
                case LESS -> MORE_OR_SAME;
                case LESS_OR_SAME -> MORE;
                case SAME -> OTHER;
                case MORE_OR_SAME -> LESS;
                case MORE -> LESS_OR_SAME;
                case OTHER -> SAME;
            };
        }

        /// The same with the sides changed.
        Order turned() {
            return switch (this) {
                case LESS -> MORE;
                case LESS_OR_SAME -> MORE_OR_SAME;
                case MORE_OR_SAME -> LESS_OR_SAME;
                case MORE -> LESS;
                case SAME, OTHER -> this;
            };
        }
    }
}
