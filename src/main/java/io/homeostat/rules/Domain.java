package io.homeostat.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values that one place can have, by all that is claimed of it.
final class Domain {
    private final Case.@Nullable Place place;
    private final List<Claim> claims;

    Domain(Case.@Nullable Place place, List<Claim> claims) {
        this.place = place;
        this.claims = claims;
    }

    /// The two claims to blame when nothing is left.
    Optional<Contradiction> contradiction() {
        if (!isEmpty(claims)) {
            return Optional.empty();
        }
        for (int later = 0; later < claims.size(); later++) {
            if (isEmpty(List.of(claims.get(later)))) {
                Token alone = claims.get(later).at();
                return Optional.of(new Contradiction(alone, alone));
            }
            for (int earlier = 0; earlier < later; earlier++) {
                if (isEmpty(List.of(claims.get(earlier), claims.get(later)))) {
                    return Optional.of(
                            new Contradiction(claims.get(earlier).at(), claims.get(later).at()));
                }
            }
        }
        return Optional.of(new Contradiction(claims.getFirst().at(), claims.getLast().at()));
    }

    /// False when tests are claimed of a value that is not listed, and more than one thing.
    static boolean isUnderstood(List<Claim> claims) {
        boolean isListed =
                claims.stream()
                        .anyMatch(claim ->
                                (claim instanceof Claim.Is is && is.holds())
                                        || (claim instanceof Claim.OneOf one && one.holds()));
        long tests = claims.stream().filter(Claim.Fits.class::isInstance).count();
        long others =
                claims.stream()
                        .filter(claim -> !(claim instanceof Claim.Is is && is.value() == null))
                        .count();
        return isListed || tests == 0 || others == 1;
    }

    private boolean isEmpty(List<Claim> claims) {
        boolean mustBeNull = false;
        boolean mustNotBeNull = place != null && !place.isNullable();
        for (Claim claim : claims) {
            switch (claim) {
                case Claim.Is is when is.value() == null -> {
                    mustBeNull |= is.holds();
                    mustNotBeNull |= !is.holds();
                }
                case Claim.Is is -> mustNotBeNull |= is.holds();
                case Claim.OneOf one -> mustNotBeNull |= one.holds();
                case Claim.Limit _ -> mustNotBeNull = true;
                case Claim.Fits fits -> mustNotBeNull |= !fits.isNullable();
                case Claim.Related _, Claim.Undecided _ -> {}
            }
        }
        return mustBeNull ? mustNotBeNull : mustNotBeNull && hasNoValue(claims);
    }

    private boolean hasNoValue(List<Claim> claims) {
        Set<Object> listed = listed(claims);
        if (listed == null) {
            return hasNoNumber(claims);
        }
        listed.removeIf(value -> claims.stream().anyMatch(claim -> !allows(claim, value)));
        return listed.isEmpty();
    }

    /// Null when the values are too many to list.
    private @Nullable Set<Object> listed(List<Claim> claims) {
        for (Claim claim : claims) {
            if (claim instanceof Claim.Is(_, Object value, boolean holds, _)
                    && holds
                    && value != null) {
                return new HashSet<>(Set.of(value));
            }
            if (claim instanceof Claim.OneOf one && one.holds()) {
                return new HashSet<>(one.values());
            }
        }
        List<Object> constants = place == null ? List.of() : Values.constants(place.raw());
        return constants.isEmpty() ? null : new HashSet<>(constants);
    }

    private static boolean allows(Claim claim, Object value) {
        return switch (claim) {
            case Claim.Is is -> is.value() == null || is.value().equals(value) == is.holds();
            case Claim.OneOf one -> one.values().contains(value) == one.holds();
            case Claim.Limit limit ->
                    !(value instanceof BigDecimal number)
                            || limit.order()
                                    .results()
                                    .contains(Integer.signum(number.compareTo(limit.number())));
            case Claim.Fits fits -> fits.test().test(value);
            case Claim.Related _, Claim.Undecided _ -> true;
        };
    }

    private boolean hasNoNumber(List<Claim> claims) {
        List<BigDecimal> least = new ArrayList<>();
        List<BigDecimal> most = new ArrayList<>();
        boolean isWhole = place != null && Values.isWhole(place.raw());
        boolean isOpen = false;
        for (Claim claim : claims) {
            if (claim instanceof Claim.Limit limit) {
                boolean isUpper = limit.order().results().contains(-1);
                boolean isStrict = !limit.order().results().contains(0);
                BigDecimal bound = limit.number();
                if (isWhole) {
                    bound = whole(bound, isUpper, isStrict);
                }
                isOpen |= isStrict && !isWhole;
                (isUpper ? most : least).add(bound);
            }
        }
        if (least.isEmpty() || most.isEmpty()) {
            return false;
        }
        BigDecimal low = least.stream().reduce(BigDecimal::max).orElseThrow();
        BigDecimal high = most.stream().reduce(BigDecimal::min).orElseThrow();
        int order = low.compareTo(high);
        return order > 0 || (order == 0 && isOpen && touches(claims, low));
    }

    /// Both ends at one number, and one of them not counting it.
    private static boolean touches(List<Claim> claims, BigDecimal number) {
        return claims.stream()
                .anyMatch(claim ->
                        claim instanceof Claim.Limit limit
                                && limit.number().compareTo(number) == 0
                                && !limit.order().results().contains(0));
    }

    private static BigDecimal whole(BigDecimal bound, boolean isUpper, boolean isStrict) {
        BigDecimal rounded = bound.setScale(0, isUpper ? RoundingMode.FLOOR : RoundingMode.CEILING);
        boolean isExact = rounded.compareTo(bound) == 0;
        BigDecimal step = isUpper ? BigDecimal.ONE.negate() : BigDecimal.ONE;
        return isStrict && isExact ? rounded.add(step) : rounded;
    }
}
